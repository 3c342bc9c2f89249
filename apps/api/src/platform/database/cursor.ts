import { createHash } from 'node:crypto';
import { Problem } from '@sallyport/core';

/** The answer to a cursor that did not come from this list. */
export const invalidCursor = (): Problem =>
  new Problem('invalid_request', {
    detail: 'Take the cursor from the nextCursor of a page with the same filter, or leave it out.',
    errors: [{ pointer: '#/query/cursor', message: 'is not a cursor of this list' }],
  });

/** 8 characters that differ between filters, so that a cursor is not taken into another list. */
const fingerprint = (filter: object): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 8);

/**
 * The opaque cursor of a keyset page: base64url of the filter's fingerprint and the sort key of the page's last item.
 *
 * @param filter the query without limit and cursor, its properties always in the same order
 */
export const encodeCursor = (filter: object, position: string): string =>
  Buffer.from(`${fingerprint(filter)}${position}`).toString('base64url');

/**
 * The sort key within `cursor`. It comes from outside: any text without NUL.
 *
 * @throws Problem `invalid_request` when `encodeCursor` did not make it for this filter
 */
export function decodeCursor(filter: object, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const position = text.slice(8);
  if (text.slice(0, 8) !== fingerprint(filter) || position.includes('\0') || encodeCursor(filter, position) !== cursor)
    throw invalidCursor();
  return position;
}

/** One page out of `limit + 1` rows: the last is only asked for to know whether there is a next page. */
export function pageOf<T>(rows: T[], limit: number, filter: object, position: (row: T) => string) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(filter, position(last)) : null,
  };
}
