import pg from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { TEST_POOL_SIZE } from '../../testing/postgres.ts';
import {
  type Db,
  isDatabaseUnavailable,
  isForeignKeyViolation,
  isUniqueViolation,
  openDatabase,
  type Transaction,
} from './database.ts';

const database = await testDatabase();
const { client } = database;
afterAll(() => database.close());

const sealed = Buffer.from([1]);
const add = (db: Db, keyId: string) => db.encryptionKeyCheck.create({ data: { keyId, sealed } });
const has = async (keyId: string): Promise<boolean> =>
  (await client.encryptionKeyCheck.count({ where: { keyId } })) === 1;
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a transaction', () => {
  test('commits when its function returns', async () => {
    const result = await database.transaction(async (tx) => {
      await add(tx, 'committed');
      return 'result';
    });
    expect(result).toBe('result');
    expect(await has('committed')).toBe(true);
  });

  test('rolls back when its function throws', async () => {
    const failed = database.transaction(async (tx) => {
      await add(tx, 'rolled back');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await has('rolled back')).toBe(false);
  });

  test('is never taken for committed after one of its statements failed', async () => {
    await add(client, 'taken');
    const doomed = database.transaction(async (tx) => {
      await add(tx, 'lost');
      await caught(add(tx, 'taken'));
    });
    await expect(doomed).rejects.toThrow();
    expect(await has('lost')).toBe(false);
    await database.ping();
  });

  test.each([
    ['an operation', () => add(client, 'beside')],
    ['a statement', () => client.$executeRaw`DELETE FROM encryption_key_checks`],
    ['another transaction', () => database.transaction((tx) => add(tx, 'beside'))],
  ])('refuses %s that goes past it', async (_, past) => {
    const failed = database.transaction(async (tx) => {
      await add(tx, 'held');
      await past();
    });
    await expect(failed).rejects.toThrow('through its own client alone');
    expect([await has('held'), await has('beside')]).toEqual([false, false]);
  });

  test('lets what it has begun go on after its end', async () => {
    let goOn: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let later: Promise<unknown> | undefined;
    await database.transaction(async (tx) => {
      await add(tx, 'before');
      later = ended.then(() => add(client, 'after'));
    });
    goOn?.();
    await later;
    expect([await has('before'), await has('after')]).toEqual([true, true]);
  });

  test('keeps what another statement does meanwhile out of it', async () => {
    let inside: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const outside = begun.then(() => add(client, 'outside'));
    const failed = database.transaction(async (tx) => {
      await add(tx, 'inside');
      inside?.();
      // Time for the statement outside to be sent, and to run where there is a second connection.
      for (let turn = 0; turn < 20; turn += 1) await tx.$queryRaw`SELECT 1`;
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await outside;
    expect(await has('outside')).toBe(true);
    expect(await has('inside')).toBe(false);
  });

  test('waits for its turn when fifty are asked for at once', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `turn-${index}`);
    await Promise.all(
      keys.map((key) =>
        database.transaction(async (tx) => {
          await add(tx, key);
          await tx.encryptionKeyCheck.findMany({ where: { keyId: key } });
        }),
      ),
    );
    expect(await client.encryptionKeyCheck.count({ where: { keyId: { startsWith: 'turn-' } } })).toBe(50);
  });

  test('that outlives its time is rolled back, and the next one finds the way free', async () => {
    const tooLong = database.transaction(
      async (tx) => {
        await add(tx, 'too long');
        for (;;) await tx.$queryRaw`SELECT 1`;
      },
      { timeout: 100 },
    );
    const [error] = await Promise.all([caught(tooLong), database.transaction((tx) => add(tx, 'next'))]);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(await has('too long')).toBe(false);
    expect(await has('next')).toBe(true);
  });

  test('takes no statement once it is over: its connection serves others', async () => {
    const late = async (end: (tx: Transaction) => Promise<void>) => {
      const kept: Transaction[] = [];
      await caught(
        database.transaction(async (tx) => {
          kept.push(tx);
          await end(tx);
        }),
      );
      const add = (tx: Transaction) =>
        tx.$executeRaw`INSERT INTO encryption_key_checks (key_id, sealed) VALUES ('late', ${sealed})`;
      return Promise.all(kept.map((tx) => caught(add(tx))));
    };
    const errors = [
      ...(await late(async () => undefined)),
      ...(await late(async () => {
        throw new Error('no');
      })),
    ];
    expect(errors.map(isDatabaseUnavailable)).toEqual([true, true]);
    expect(await has('late')).toBe(false);
  });

  test('that cannot begin in time says so, and is not begun later', async () => {
    const connections = database.kind === 'embedded' ? 1 : TEST_POOL_SIZE;
    const ends: (() => void)[] = [];
    const holding = Array.from({ length: connections }, () =>
      database.transaction(() => new Promise<void>((resolve) => ends.push(resolve))),
    );
    await vi.waitUntil(() => ends.length === connections);
    const error = await caught(database.transaction((tx) => add(tx, 'never'), { maxWait: 20 }));
    for (const end of ends) end();
    await Promise.all(holding);
    expect(isDatabaseUnavailable(error)).toBe(true);
    await database.ping();
    expect(await has('never')).toBe(false);
  });

  test('nests with savepoints', async () => {
    await database.transaction(async (tx) => {
      await add(tx, 'outer');
      await tx.$queryRaw`SELECT 1`;
      await tx.$executeRawUnsafe('SAVEPOINT inner_one');
      await add(tx, 'inner');
      await tx.$executeRawUnsafe('ROLLBACK TO SAVEPOINT inner_one');
    });
    expect(await has('outer')).toBe(true);
    expect(await has('inner')).toBe(false);
  });

  test('of several Prisma operations ($transaction of a list) is one too', async () => {
    await expect(client.$transaction([add(client, 'listed'), add(client, 'taken')])).rejects.toThrow();
    expect(await has('listed')).toBe(false);
    await client.$transaction([add(client, 'one'), add(client, 'two')]);
    expect(await has('two')).toBe(true);
  });
});

describe('errors', () => {
  const raw = (db: Db, keyId: string) =>
    db.$executeRaw`INSERT INTO encryption_key_checks (key_id, sealed) VALUES (${keyId}, ${sealed})`;

  test.each([
    ['a Prisma operation', (db: Db) => add(db, 'twice')],
    ['a raw statement', (db: Db) => raw(db, 'twice')],
    [
      'a raw query',
      (db: Db) => db.$queryRaw`INSERT INTO encryption_key_checks VALUES ('twice', ${sealed}) RETURNING 1`,
    ],
  ])('isUniqueViolation knows the constraint that %s violated', async (_, violate) => {
    await client.encryptionKeyCheck.upsert({
      where: { keyId: 'twice' },
      update: {},
      create: { keyId: 'twice', sealed },
    });
    for (const error of [await caught(violate(client)), await caught(database.transaction(violate))]) {
      expect(isUniqueViolation(error)).toBe(true);
      expect(isUniqueViolation(error, 'encryption_key_checks_pkey')).toBe(true);
      expect(isUniqueViolation(error, 'users_email_key')).toBe(false);
      expect(isDatabaseUnavailable(error)).toBe(false);
    }
  });

  test('isUniqueViolation is false of everything else', async () => {
    expect(isUniqueViolation(await caught(client.$queryRaw`SELECT 1/0`))).toBe(false);
    expect(isUniqueViolation(new Error('twice'))).toBe(false);
    expect(isUniqueViolation(null)).toBe(false);
  });

  test('isForeignKeyViolation', async () => {
    const orphan = client.$executeRaw`INSERT INTO domains (name, organization_id)
      VALUES ('orphan.example', '0190a1a0-0000-7000-8000-000000000001'::uuid)`;
    expect(isForeignKeyViolation(await caught(orphan))).toBe(true);
  });
});

// PostgreSQL alone can be gone while this process lives.
describe.runIf(database.kind === 'postgres')('SEC-53: when the server cuts the connections', () => {
  /** From a connection of its own, as an operator would. */
  async function cutConnections(): Promise<void> {
    if (database.kind !== 'postgres') return;
    const other = new pg.Client({ ...database.connection });
    await other.connect();
    await other.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await other.end();
  }

  test('a transaction under way fails as unavailable and leaves nothing, and the next ones work', async () => {
    const error = await caught(
      database.transaction(async (tx) => {
        await add(tx, 'cut');
        await cutConnections();
        await tx.$queryRaw`SELECT 1`;
      }),
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
    await vi.waitFor(() => database.ping());
    expect(await has('cut')).toBe(false);
    await database.transaction((tx) => add(tx, 'after the cut'));
  });
});

test('SEC-53: a server that is not there is unavailable, to a statement, a transaction and a ping', async () => {
  // Nothing listens on port 1.
  const gone = await openDatabase({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' });
  for (const attempt of [
    () => gone.client.user.count(),
    () => gone.client.$queryRaw`SELECT 1`,
    () => gone.transaction((tx) => tx.user.count()),
    () => gone.ping(),
  ]) {
    expect(gone.isUnavailable(await caught(attempt()))).toBe(true);
  }
  await gone.close();
});
