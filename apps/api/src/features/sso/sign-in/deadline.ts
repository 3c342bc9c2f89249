import { SsoFault } from '../protocols/fault.ts';

/** For all that is asked of a provider in one step, so that a person has an answer within ten seconds (SEC-34). */
const DEADLINE_MS = 8_000;

/** Waits no longer than the deadline; what goes on behind it ends by its own time limits. */
export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SsoFault('sso_unavailable', 'The provider did not answer in time.')),
      DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
