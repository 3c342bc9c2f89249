import { Problem } from '@sallyport/core';

/** A strong entity tag (RFC 9110 section 8.8.3). */
export const entityTag = (revision: string): string => `"${revision}"`;

const tag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/**
 * The revisions that `If-Match` lets pass (RFC 9110 section 13.1.1): null for all of them. Weak tags match nothing.
 *
 * @throws Problem `precondition_failed` when the header says nothing that could be compared
 */
export function revisionsOf(ifMatch: string | undefined): readonly string[] | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  const tags = ifMatch.split(',').map((part) => part.trim());
  if (!tags.every((part) => tag.test(part))) {
    throw new Problem('precondition_failed', { detail: 'Send the ETag that came with it as If-Match.' });
  }
  return tags.filter((part) => !part.startsWith('W/')).map((part) => part.slice(1, -1));
}
