import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { type Database, embeddedDatabase } from '../../platform/database/database.ts';
import { readMigrations } from '../../platform/database/migrations.ts';
import { migrate } from '../../platform/database/migrator.ts';
import { openPGlite } from '../../platform/database/pglite.ts';
import { TestLog } from '../../testing/audit-log.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { postgresTestDatabase } from '../../testing/postgres.ts';

/** The migration that ended the chain. */
const SEALING = '20261129060000_seal_audit_log';

let database: Database;
beforeAll(async () => {
  database =
    testDatabaseKind() === 'embedded' ? await embeddedDatabase(await openPGlite()) : await postgresTestDatabase();
});
afterAll(() => database.close());

test('SEC-41: a chain from before is sealed, and a hash that was kept of it is still found', async () => {
  const history = await readMigrations();
  const { client } = database;
  await client.$executeRawUnsafe('DROP SCHEMA public CASCADE');
  await client.$executeRawUnsafe('CREATE SCHEMA public');
  const before = history.migrations.filter(({ name }) => name < SEALING);
  await migrate(database, { ...history, migrations: before });
  for (let index = 0; index < 5; index += 1) {
    await client.$executeRaw`
      INSERT INTO audit_events (id, occurred_at, action, outcome, actor_name, details)
      VALUES (${newId()}::uuid, now(), 'user.updated', 'success', 'süßes@example.com', ${`{"b":[${index}],"a":"ü"}`}::jsonb)`;
  }
  const chained = await client.$queryRaw<{ hash: Uint8Array }[]>`SELECT hash FROM audit_events ORDER BY sequence`;
  const kept = chained.map(({ hash }) => Buffer.from(hash).toString('hex'));

  expect(await migrate(database, history)).toContain(SEALING);
  const log = await TestLog.on(database);
  expect(await log.verify({ kept: kept[4] })).toMatchObject({ ok: true, sealed: 0, waiting: 5 });
  await log.append(2);
  await log.sealer.seal();
  for (const hash of kept) expect(await log.verify({ kept: hash })).toMatchObject({ ok: true, sealed: 7, waiting: 0 });
  expect(await client.auditEvent.findMany({ select: { sequence: true }, orderBy: { sequence: 'asc' } })).toEqual(
    Array.from({ length: 7 }, (_, index) => ({ sequence: BigInt(index + 1) })),
  );

  await log.tamper(`UPDATE audit_events SET actor_name = 'nobody' WHERE sequence = 2`);
  expect((await log.verify()).firstFault).toEqual({ reason: 'altered', sequence: 2 });
});
