import { createHash } from 'node:crypto';
import type { Db } from '../../platform/database/database.ts';
import type { LogFault } from './fault.ts';
import { auditStore, type ChainedRow } from './store.ts';
import { sameHash } from './tree.ts';

/** The hash before the first event of a chain. */
const BEFORE_FIRST = new Uint8Array(32);

const BEFORE_ALL = -(2n ** 63n);

/** Length in bytes, a colon, the text, a comma; a minus and a comma for null. */
const netstring = (text: string | null): string => (text === null ? '-,' : `${Buffer.byteLength(text)}:${text},`);

/**
 * The hash that an event of the chain must bear, made here anew from what prisma/migrations says of it, so that a change
 * of the database's own function is found too.
 */
function hashOf(row: ChainedRow & { previousHash: Uint8Array }): Buffer {
  const fields = [
    String(row.sequence),
    row.id,
    String(row.occurredAt.getTime()),
    row.action,
    row.outcome,
    row.actorId,
    row.actorName,
    row.subjectId,
    row.subjectName,
    row.organizationId,
    row.address,
    row.userAgent,
    row.requestId,
    row.details,
  ];
  return createHash('sha256').update(row.previousHash).update(fields.map(netstring).join('')).digest();
}

/**
 * Checks the events from before the log was sealed, which are a hash chain as well as leaves of the tree.
 *
 * @param look  told the hash of each event, and the one before them all
 * @param tell  told how many events are done
 * @param batch events read at once
 */
export async function verifyChain(
  db: Db,
  look: (hash: Uint8Array) => void,
  tell: (done: number) => void,
  batch: number,
): Promise<LogFault | null> {
  const store = auditStore(db);
  const ends = await store.chainEnds();
  const end = ends.end?.sequence ?? ends.last;
  let sequence = 0n;
  let hash: Uint8Array = BEFORE_FIRST;
  const fault = (reason: LogFault['reason'], at: bigint): LogFault => ({ reason, sequence: Number(at) });

  look(hash);
  for (let after = BEFORE_ALL; ; after = sequence) {
    const rows = await store.chained(after, end, batch);
    for (const row of rows) {
      const next = sequence + 1n;
      if (row.sequence < next) return fault('unchained', row.sequence);
      if (row.sequence > next) return fault('missing', next);
      const { previousHash } = row;
      // Of what was erased only the hash is left; whether it may be is judged with its leaf.
      const isWhole = (hash: Uint8Array, before: Uint8Array): boolean =>
        row.erased || sameHash(hashOf({ ...row, previousHash: before }), hash);
      if (!row.hash || !previousHash || !isWhole(row.hash, previousHash)) {
        return fault('altered', next);
      }
      if (!sameHash(previousHash, hash)) return fault('unlinked', next);
      sequence = next;
      hash = row.hash;
      look(hash);
    }
    tell(Number(sequence));
    if (rows.length < batch) break;
  }
  if (sequence < end) return fault('missing', sequence + 1n);
  if (ends.last > end) return fault('unchained', end + 1n);
  if (!ends.end || !sameHash(ends.end.hash, hash)) return fault('wrong_end', sequence);
  return null;
}
