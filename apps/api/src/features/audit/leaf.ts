import type { AuditRow } from './store.ts';
import { type Hash, leafHash } from './tree.ts';
import { viewOf } from './view.ts';

/** JSON in one form only: no white space, members in the order of their names' UTF-16 code units (RFC 8785). */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/**
 * The leaf of an event: what the API shows of it, as canonical JSON (RFC 8785), hashed as RFC 9162 section 2.1.1 says. So
 * whoever has the event from the API can make its leaf. What is added to the API's view later is not part of it.
 */
export function leafOf(row: AuditRow & { sequence: bigint }): Hash {
  const view = viewOf(row);
  return leafHash(Buffer.from(canonicalJson({ ...view, occurredAt: view.occurredAt.toISOString() })));
}
