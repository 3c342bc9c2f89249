import {
  type AuditAction,
  assertMayRead,
  type Caller,
  momentOf,
  type Origin,
  type Principal,
  Problem,
} from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { decodeCursor, invalidCursor, pageOf } from '../../platform/database/cursor.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { Person } from '../../platform/personal-data.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Nameless, Party } from './party.ts';
import { PersonKeys } from './person-keys.ts';
import { withoutPersonalData } from './personal.ts';
import type { AuditQuery, OwnEventsQuery } from './schemas.ts';
import { type AuditRow, auditStore, type StoredRow } from './store.ts';
import { concerning, viewOf } from './view.ts';

/** One security-relevant action (SEC-41). `details` never holds a secret, code or token (SEC-42). */
export interface AuditEntry {
  action: AuditAction;
  outcome?: 'success' | 'failure';
  actor: Party | null;
  /** The user it happened to, where it is not the actor's own doing alone. */
  subject: Party | Nameless | null;
  /** The organisation whose admins may read it; null is for the operator only. */
  organizationId: string | null;
  details?: Record<string, string | number | boolean | null | string[]>;
}

export class AuditService {
  readonly persons: PersonKeys;

  constructor(private readonly deps: { database: Database; clock: Clock; keyring: Keyring }) {
    this.persons = new PersonKeys(deps);
  }

  /** The row of an event, for a store that appends it within a larger statement. */
  async row(origin: Origin | null, entry: AuditEntry): Promise<StoredRow> {
    const { database } = this.deps;
    return withoutPersonalData(this.rowOf(origin, entry), await this.persons.of(database.client, personsOf(entry)));
  }

  private rowOf(origin: Origin | null, entry: AuditEntry): AuditRow {
    return {
      id: newId(),
      occurredAt: this.deps.clock.now(),
      action: entry.action,
      outcome: entry.outcome ?? 'success',
      actorId: entry.actor?.id ?? null,
      actorName: entry.actor?.name ?? null,
      subjectId: entry.subject?.id ?? null,
      subjectName: entry.subject?.name ?? null,
      organizationId: entry.organizationId,
      address: origin?.address ?? null,
      userAgent: origin?.userAgent ?? null,
      requestId: origin?.requestId ?? null,
      details: { ...entry.details, ...byProgram(entry.actor) },
    };
  }

  /** Appends one event in the transaction `db` of the change it tells of. It waits for nobody. */
  async record(db: Db, origin: Origin | null, entry: AuditEntry): Promise<void> {
    const keyOf = await this.persons.of(db, personsOf(entry));
    await auditStore(db).append(withoutPersonalData(this.rowOf(origin, entry), keyOf));
  }

  /**
   * The same for what somebody did who may be a stranger to the user: it takes the same time for every user, and as long
   * as `lookForNobody` and `record` for nobody (SEC-2).
   */
  async recordOf(userId: string, origin: Origin, entry: AuditEntry): Promise<void> {
    const { client } = this.deps.database;
    const keyOf = await this.persons.ofOneAnew(client, userId);
    await auditStore(client).append(withoutPersonalData(this.rowOf(origin, entry), keyOf));
  }

  /** Looks for the key of nobody. */
  async lookForNobody(): Promise<void> {
    await this.persons.ofOneAnew(this.deps.database.client, newId());
  }

  /** Appends many events of the operator, in their order; see `record`. */
  async recordMany(db: Db, entries: readonly AuditEntry[]): Promise<void> {
    const keyOf = await this.persons.of(db, entries.flatMap(personsOf));
    await auditStore(db).appendMany(entries.map((entry) => withoutPersonalData(this.rowOf(null, entry), keyOf)));
  }

  /** Where the service took a request to come from, for the operator; null where no event tells. */
  async addressOf(requestId: string): Promise<string | null> {
    const event = await auditStore(this.deps.database.client).lastOf(requestId);
    return event && this.persons.open(event).row.address;
  }

  /**
   * Erases what the log says of a person, in the transaction of its deletion: its key is destroyed, and the clear text of
   * events of before taken away. The events stay, and their leaves.
   */
  async forget(tx: Transaction, person: Person): Promise<void> {
    await this.persons.destroy(tx, person.id);
    await auditStore(tx).forget(person);
  }

  /**
   * A page of the events of the caller's organisations, newest first.
   *
   * @throws Problem `forbidden` for members; `not_found` for an organisation outside of the caller's
   */
  async list(caller: Principal, { limit = 50, cursor, ...query }: AuditQuery) {
    assertMayRead(caller);
    const store = auditStore(this.deps.database.client);
    const { organizationId, userId, action } = query;
    const filter = {
      organizationId,
      userId,
      action,
      from: query.from === undefined ? undefined : momentOf(query.from, '#/query/from'),
      to: query.to === undefined ? undefined : momentOf(query.to, '#/query/to'),
    };
    const before = cursor === undefined ? null : sequenceOf(decodeCursor(filter, cursor));
    if (organizationId !== undefined && !(await store.covers(caller.organization.id, organizationId)))
      throw new Problem('not_found');
    const rows = await store.page(caller.organization, filter, before, limit + 1);
    const page = pageOf(rows, limit, filter, (row) => String(row.sequence));
    return { ...page, items: page.items.map((row) => viewOf(this.persons.open(row).row)) };
  }

  /** A page of what the caller did and what happened to it, newest first: of each event what concerns the caller. */
  async listOwn({ userId }: Caller, { limit = 50, cursor }: OwnEventsQuery) {
    const filter = { of: userId };
    const before = cursor === undefined ? null : sequenceOf(decodeCursor(filter, cursor));
    const rows = await auditStore(this.deps.database.client).newestOfUser(userId, before, limit + 1);
    const page = pageOf(rows, limit, filter, (row) => String(row.sequence));
    return { ...page, items: page.items.map((row) => concerning(viewOf(this.persons.open(row).row), userId)) };
  }

  /** Which event of its own the user means. @throws Problem `not_found` */
  async findOwn(db: Db, userId: string, id: string): Promise<{ action: AuditAction; occurredAt: Date }> {
    const event = await auditStore(db).ofUserById(userId, id);
    if (!event) throw new Problem('not_found');
    return event;
  }
}

const byProgram = (actor: Party | null) =>
  actor?.serviceAccountId === undefined ? {} : { serviceAccountId: actor.serviceAccountId };

const personsOf = ({ actor, subject }: AuditEntry): string[] =>
  [actor?.id, subject?.id].filter((id): id is string => typeof id === 'string');

function sequenceOf(position: string): bigint {
  if (/^\d{1,18}$/.test(position)) return BigInt(position);
  throw invalidCursor();
}
