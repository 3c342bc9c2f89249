import { Problem } from './problem.ts';

const EARLIEST = new Date(0);
const LATEST = new Date('9999-12-31');

/**
 * A moment that a request names. The format of RFC 3339 allows some that a Date or the database cannot hold: leap seconds,
 * the year 0.
 *
 * @param text RFC 3339, as a schema judged it
 * @param pointer where it stands in the request (RFC 6901)
 * @throws Problem `invalid_request`
 */
export function momentOf(text: string, pointer: string): Date {
  const moment = new Date(text);
  if (moment >= EARLIEST && moment < LATEST) return moment;
  throw new Problem('invalid_request', {
    errors: [{ pointer, message: 'must be a moment between the years 1970 and 9999' }],
  });
}
