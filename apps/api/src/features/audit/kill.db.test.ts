import { type ChildProcess, spawn } from 'node:child_process';
import { createSecretKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { Keyring } from '../../platform/crypto/keyring.ts';
import { type DatabaseConfig, openDatabase } from '../../platform/database/database.ts';
import { migrate } from '../../platform/database/migrator.ts';
import { TestLog } from '../../testing/audit-log.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { postgresTestDatabase } from '../../testing/postgres.ts';
import { postgresUrl } from '../../testing/postgres-server.ts';

// Each kill is a process of its own, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'sallyport-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secret = randomBytes(32);
const keyring = new Keyring([{ id: 'a', secret: createSecretKey(secret) }]);

/** A database that other processes can open. */
async function sharedDatabase(): Promise<DatabaseConfig> {
  if (testDatabaseKind() === 'embedded') {
    const config = { kind: 'embedded', dataDir: folder } as const;
    const database = await openDatabase(config);
    await migrate(database);
    await database.close();
    return config;
  }
  const database = await postgresTestDatabase();
  const [row] = await database.client.$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`;
  await database.close();
  return { kind: 'postgres', url: postgresUrl(row?.name) };
}

/** Writes and seals in another process, which is killed once it has sealed so often. */
async function killedAfter(seals: number, config: DatabaseConfig): Promise<void> {
  const program = fileURLToPath(new URL('../../testing/sealing-process.ts', import.meta.url));
  const args = ['--import', 'tsx', program, JSON.stringify(config), secret.toString('hex')];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let seen = 0;
  child.stdout?.on('data', (chunk) => {
    seen += String(chunk).split('sealed').length - 1;
    if (seen >= seals) child.kill('SIGKILL');
  });
  expect(await exit).toEqual([null, 'SIGKILL']);
}

test('SEC-41, SEC-52: a sealer that is killed at any moment leaves a log that is whole, and the next one goes on', async () => {
  const config = await sharedDatabase();
  let before = 0;
  for (const seals of [1, 4, 9]) {
    await killedAfter(seals, config);
    const database = await openDatabase(config);
    const log = await TestLog.on(database, keyring);
    const found = await log.verify();
    expect(found).toMatchObject({ ok: true });
    expect(found.sealed).toBeGreaterThanOrEqual(before + 40 * seals);
    expect(await log.sealer.seal()).toBe(found.waiting);
    const { count, waiting } = await log.verify();
    expect(waiting).toBe(0);
    before = count;
    await database.close();
  }
});
