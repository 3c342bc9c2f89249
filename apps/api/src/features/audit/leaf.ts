import { canonicalJson } from './canonical-json.ts';
import type { StoredRow } from './store.ts';
import { type Hash, leafHash } from './tree.ts';
import { storedViewOf } from './view.ts';

/**
 * The leaf of an event: the event as it is stored, as canonical JSON (RFC 8785), hashed as RFC 9162 section 2.1.1 says.
 * What it says of users is stored as hashes, so the leaf can be made after a person was erased as before; whoever has the
 * event from the API and its proof makes the hashes anew. What is added to the view later is not part of it.
 */
export function leafOf(row: StoredRow & { sequence: bigint }): Hash {
  const view = storedViewOf(row);
  return leafHash(Buffer.from(canonicalJson({ ...view, occurredAt: view.occurredAt.toISOString() })));
}
