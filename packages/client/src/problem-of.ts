import type { components } from './openapi.ts';

type Problem = components['schemas']['Problem'];

/** What a 401 says, left to be read again; null where it is no problem document. */
export async function problemOf(response: Response): Promise<Partial<Problem> | null> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof problem === 'object' ? problem : null;
}
