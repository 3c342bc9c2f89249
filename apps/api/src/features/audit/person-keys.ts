import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { batches, type Database, type Db } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { PERSON_KEY_BYTES, PersonKey } from './person-key.ts';
import { personKeyContext, personKeysStore } from './person-keys.store.ts';
import { type KeyOf, type Opened, withPersonalData } from './personal.ts';
import type { KeyedRow } from './store.ts';

/** About 10 MB of them. */
const MOST_REMEMBERED = 10_000;
const REMEMBERED_MS = 10 * 60 * 1000;

interface Deps {
  database: Database;
  keyring: Keyring;
  clock: Clock;
}

/**
 * The keys under which the log keeps what it says of users; each is sealed by the keyring, and made with the first event.
 * They are remembered for sealing alone: what another process seals under a key that was destroyed since nobody reads.
 * Reading asks the database each time, so that an erased person is erased everywhere at once.
 */
export class PersonKeys {
  private readonly remembered = new LRUCache<string, PersonKey>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  private readonly reader: EventReader;

  constructor(private readonly deps: Deps) {
    this.reader = new EventReader(deps.keyring);
  }

  /** The keys of these users, to seal with; of one who does not exist there is none. */
  async of(db: Db, userIds: readonly string[]): Promise<KeyOf> {
    const keys = new Map<string, PersonKey>();
    const missing: string[] = [];
    for (const id of new Set(userIds)) {
      const key = this.remembered.get(id);
      if (key) keys.set(id, key);
      else missing.push(id);
    }
    for (const batch of batches(missing)) for (const [id, key] of await this.ensure(db, batch)) keys.set(id, key);
    // What a transaction reads may be of its own making, and be rolled back with it.
    if (db === this.deps.database.client) for (const [id, key] of keys) this.remembered.set(id, key);
    return (id) => keys.get(id);
  }

  /** The same for one, by one statement whether or not there is such a user (SEC-2). */
  async ofOneAnew(db: Db, userId: string): Promise<KeyOf> {
    const { keys } = await this.look(db, [userId]);
    return (id) => keys.get(id);
  }

  /** Opens what an event says of users. */
  open<Row extends KeyedRow>(row: Row): Opened<Row> {
    return this.reader.open(row);
  }

  /** Destroys the key of a person in the transaction of its erasure. */
  async destroy(db: Db, userId: string): Promise<void> {
    await personKeysStore(db).destroy(userId);
    this.remembered.delete(userId);
  }

  private async ensure(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const { keys, late } = await this.look(db, userIds);
    return late.length === 0 ? keys : new Map([...keys, ...(await this.look(db, late)).keys]);
  }

  /** `late` are the users whose first key another request made since: a second look finds it. */
  private async look(db: Db, userIds: readonly string[]) {
    const { clock, keyring } = this.deps;
    const fresh = userIds.map((userId) => ({
      userId,
      key: keyring.seal(randomBytes(PERSON_KEY_BYTES), personKeyContext(userId)),
    }));
    const keys = new Map<string, PersonKey>();
    const late: string[] = [];
    for (const { userId, key } of await personKeysStore(db).ensure(fresh, clock.now())) {
      if (key) keys.set(userId, opened(keyring, userId, key));
      else late.push(userId);
    }
    return { keys, late };
  }
}

const opened = (keyring: Keyring, userId: string, sealed: Uint8Array): PersonKey =>
  new PersonKey(keyring.open(sealed, personKeyContext(userId)));

/** Opens what events say of users, with the keys that came with them. A key is opened once, as long as it is among the last. */
export class EventReader {
  private readonly opened = new LRUCache<string, PersonKey>({ max: MOST_REMEMBERED });

  constructor(private readonly keyring: Keyring) {}

  /** @throws KeyringError where the encryption key is not configured, or a person's key was altered */
  open<Row extends KeyedRow>(row: Row): Opened<Row> {
    const { actorId, actorKey, subjectId, subjectKey } = row;
    return withPersonalData(row, (userId) => {
      const sealed = userId === actorId ? actorKey : userId === subjectId ? subjectKey : null;
      return sealed ? this.keyOf(userId, sealed) : undefined;
    });
  }

  private keyOf(userId: string, sealed: Uint8Array): PersonKey {
    const name = `${userId} ${Buffer.from(sealed).toString('base64')}`;
    const known = this.opened.get(name);
    if (known) return known;
    const key = opened(this.keyring, userId, sealed);
    this.opened.set(name, key);
    return key;
  }
}
