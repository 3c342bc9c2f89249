import { assertMayRead, type Principal, Problem } from '@sallyport/core';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { PublicJwk } from '../../platform/crypto/signing-keys.ts';
import type { Database, Db } from '../../platform/database/database.ts';
import { type HeadView, keysOfHeads, viewOfHead } from './head.ts';
import type { Side } from './person-key.ts';
import type { EventReader } from './person-keys.ts';
import type { OpenedPart } from './personal.ts';
import { sealStore } from './seal.store.ts';
import type { AuditService } from './service.ts';
import { auditStore } from './store.ts';
import { inclusionPath, inclusionRanges, lookup } from './tree.ts';
import { type EventView, viewOf } from './view.ts';

/** That an event is in the sealed log (RFC 9162 section 2.1.3). */
export interface AuditProof {
  /** What stands in the leaf for what the event says of users; not of events of before. */
  personal?: Partial<Record<Side, OpenedPart>>;
  /** Hex: the leaf of an event of before whose clear text was erased. It cannot be made from the event any more. */
  keptLeaf?: string;
  /** From 0. */
  leafIndex: number;
  treeSize: number;
  /** Hex, the lowest first. */
  auditPath: string[];
  head: HeadView;
}

export interface ProvenEvent extends AuditProof {
  event: EventView;
}

/**
 * Proves an event against the newest head.
 *
 * @param own the organisation whose events, and whose customers' events, may be asked for; null for all
 * @throws Problem `not_found`; `not_sealed_yet` within about a second of the event
 */
export async function proveEvent(
  db: Db,
  reader: Pick<EventReader, 'open'>,
  own: string | null,
  id: string,
): Promise<ProvenEvent> {
  const event = await auditStore(db).find(own, id);
  if (!event) throw new Problem('not_found');
  const store = sealStore(db);
  const leafIndex = await store.leafIndex(event.sequence);
  // Read after the leaf, it covers it.
  const head = leafIndex === null ? null : await store.head();
  if (leafIndex === null || !head) {
    throw new Problem('not_sealed_yet', { detail: 'Events are sealed about a second after they happened.' });
  }
  const { treeSize } = head;
  const { row, parts } = reader.open(event);
  const path = inclusionPath(leafIndex, treeSize, lookup(await store.nodes(inclusionRanges(leafIndex, treeSize))));
  return {
    event: viewOf(row),
    ...(Object.keys(parts).length > 0 ? { personal: parts } : {}),
    ...(event.erased ? { keptLeaf: Buffer.from(await store.leaf(leafIndex)).toString('hex') } : {}),
    leafIndex,
    treeSize,
    auditPath: path.map((hash) => Buffer.from(hash).toString('hex')),
    head: viewOfHead(head),
  };
}

/** What customers need to see for themselves that the log is what it was. */
export class AuditProofs {
  constructor(private readonly deps: { database: Database; keyring: Keyring; audit: AuditService }) {}

  /**
   * The proof of an event of the caller's organisations.
   *
   * @throws Problem `forbidden` for members; `not_found`; `not_sealed_yet` within about a second of the event
   */
  async prove(caller: Principal, id: string): Promise<AuditProof> {
    assertMayRead(caller);
    const { event: _event, ...proof } = await proveEvent(
      this.deps.database.client,
      this.deps.audit.persons,
      caller.organization.id,
      id,
    );
    return proof;
  }

  /**
   * The keys that signed heads of the log, newest first, those of before among them.
   *
   * @throws Problem `forbidden` for members
   */
  async keys(caller: Principal): Promise<PublicJwk[]> {
    assertMayRead(caller);
    return keysOfHeads(this.deps.database.client, this.deps.keyring);
  }
}
