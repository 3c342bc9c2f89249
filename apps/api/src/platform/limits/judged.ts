import { Problem } from '@sallyport/core';

interface Steps<Claimed, Result> {
  /** Counts the attempt before anything is judged. Throws where the count is blocked. */
  claim(): Promise<Claimed>;
  /** Judges the secret, and spends it with what it allows and the count taken back. Throws a Problem for a wrong one. */
  judge(claimed: Claimed): Promise<Result>;
  /** What follows an attempt that stays counted. Where it fails the attempt is released, so that it follows another. */
  refused?(claimed: Claimed): Promise<void>;
  /** Takes the attempt out of the count again. */
  release(claimed: Claimed): Promise<void>;
}

/**
 * The one way to judge a secret: claim, judge, spend or give back. What was refused without being judged (overload, the
 * database away) counts for nothing (SEC-3); what was judged wrong stays counted.
 */
export async function judged<Claimed, Result>(steps: Steps<Claimed, Result>): Promise<Result> {
  const claimed = await steps.claim();
  try {
    return await verdict(steps, claimed);
  } catch (error) {
    // The release must not hide why the attempt failed; an attempt that stays counted is the lesser fault.
    if (!isVerdict(error)) await steps.release(claimed).catch(() => undefined);
    throw error;
  }
}

async function verdict<Claimed, Result>(steps: Steps<Claimed, Result>, claimed: Claimed): Promise<Result> {
  try {
    return await steps.judge(claimed);
  } catch (error) {
    if (isVerdict(error)) await steps.refused?.(claimed);
    throw error;
  }
}

const isVerdict = (error: unknown): boolean => error instanceof Problem && error.status < 500;
