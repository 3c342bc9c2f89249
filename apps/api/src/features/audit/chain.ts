import { createHash } from 'node:crypto';
import type { Db } from '../../platform/database/database.ts';
import { auditStore, type ChainedRow } from './store.ts';

export interface ChainFault {
  /** Where in the log, from 1. */
  sequence: number;
  /**
   * `altered`: the event does not fit its own hash. `unlinked`: it does not continue the event before it, so one of
   * them was moved or replaced. `missing`: there is no event at this place. `unchained`: an event past the end that
   * the chain knows. `wrong_end`: the log is whole as it is, but the record of its end says otherwise. `without_head`:
   * it is whole, and the head that was kept is not in it: its end was cut off, or all of it was made anew.
   */
  reason: 'altered' | 'unlinked' | 'missing' | 'unchained' | 'wrong_end' | 'without_head';
}

export interface ChainVerification {
  ok: boolean;
  /** Events that were found in order. */
  count: number;
  /** SHA-256 of the last of them, hex. Kept elsewhere, it proves later that nothing up to here was rewritten. */
  headHash: string;
  firstFault?: ChainFault;
}

const BATCH = 1000;
const BEFORE_ALL = -(2n ** 63n);

/** Length in bytes, a colon, the text, a comma; a minus and a comma for null. */
const netstring = (text: string | null): string => (text === null ? '-,' : `${Buffer.byteLength(text)}:${text},`);

/**
 * The hash that an event must bear: made here anew from what prisma/migrations says of it, so that a change of the
 * database's own function is found too.
 */
function hashOf(row: ChainedRow): Buffer {
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
 * Reads the whole audit log and checks that no event was altered, removed, moved or slipped in (SEC-41). Events that
 * are appended meanwhile are left for the next time.
 *
 * @param onProgress told how many events of how many are done, after each batch
 * @param batch      events read at once
 * @param kept       a `headHash` of an earlier verification, which must be in the log
 */
export async function verifyChain(
  db: Db,
  onProgress: (done: number, total: number) => void = () => {},
  batch = BATCH,
  kept: string | null = null,
): Promise<ChainVerification> {
  const store = auditStore(db);
  const { head, last } = await store.ends();
  const end = head?.sequence ?? last;
  let sequence = 0n;
  let hash: Uint8Array = Buffer.alloc(32);
  let isKept = kept === null;

  const result = (fault?: { sequence: bigint; reason: ChainFault['reason'] }): ChainVerification => ({
    ok: fault === undefined,
    count: Number(sequence),
    headHash: Buffer.from(hash).toString('hex'),
    ...(fault ? { firstFault: { sequence: Number(fault.sequence), reason: fault.reason } } : {}),
  });

  const look = (): void => {
    isKept ||= Buffer.from(hash).toString('hex') === kept;
  };
  look();

  let after = BEFORE_ALL;
  for (;;) {
    const rows = await store.chained(after, end, batch);
    for (const row of rows) {
      const next = sequence + 1n;
      if (row.sequence < next) return result({ sequence: row.sequence, reason: 'unchained' });
      if (row.sequence > next) return result({ sequence: next, reason: 'missing' });
      if (!hashOf(row).equals(row.hash)) return result({ sequence: next, reason: 'altered' });
      if (Buffer.compare(row.previousHash, hash) !== 0) return result({ sequence: next, reason: 'unlinked' });
      sequence = next;
      hash = row.hash;
      look();
    }
    after = sequence;
    onProgress(Number(sequence), Number(end));
    if (rows.length < batch) break;
  }
  if (sequence < end) return result({ sequence: sequence + 1n, reason: 'missing' });
  if (last > end) return result({ sequence: end + 1n, reason: 'unchained' });
  if (!head || Buffer.compare(head.hash, hash) !== 0) return result({ sequence, reason: 'wrong_end' });
  if (!isKept) return result({ sequence, reason: 'without_head' });
  return result();
}
