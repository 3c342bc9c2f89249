import type { NextStep } from './problem.ts';
import { problemOf } from './problem-of.ts';

interface ProofFetchDeps {
  fetch: (request: Request) => Promise<Response>;
  /** Asks the person; whether the proof was given, so that the request makes sense again. */
  onProofNeeded: (next: NextStep) => Promise<boolean>;
}

/**
 * Wraps `fetch` so that a request refused with `reauthentication_required` is sent once more when the person has proved
 * that it is it. Requests that fail together ask once. Without the proof the refusal is handed on.
 */
export function createProofFetch({ fetch, onProofNeeded }: ProofFetchDeps) {
  let asking: Promise<boolean> | null = null;

  const ask = (next: NextStep): Promise<boolean> => {
    asking ??= onProofNeeded(next).finally(() => {
      asking = null;
    });
    return asking;
  };

  return async function proofFetch(request: Request): Promise<Response> {
    const second = request.clone();
    const first = await fetch(request);
    if (first.status !== 401) return first;
    const { code, next } = (await problemOf(first)) ?? {};
    if (code !== 'reauthentication_required' || !next) return first;
    return (await ask(next)) ? fetch(second) : first;
  };
}
