import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { writeBackup } from './backup.ts';
import { DatabaseInUseError, type EmbeddedDatabase, openDatabase, restoreDatabase } from './database.ts';
import { migrationStatus } from './migrator.ts';

// Each test opens, some create a database, which takes seconds where other tests keep the processors busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'sallyport-data-'));
const dataDir = join(folder, 'data');
const children = new Set<ChildProcess>();

/** Another process that opens `dataDir`. */
function spawnOpener(): ChildProcess {
  const program = fileURLToPath(new URL('../../testing/open-data-folder.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  children.delete(child);
}

async function open(dir = dataDir): Promise<EmbeddedDatabase> {
  const database = await openDatabase({ kind: 'embedded', dataDir: dir });
  if (database.kind !== 'embedded') throw new Error('not embedded');
  return database;
}

/** A restore that neither migrates nor judges. */
const asItIs = async (): Promise<void> => undefined;

const addRow = ({ client }: EmbeddedDatabase, id: string) =>
  client.encryptionKeyCheck.create({ data: { keyId: id, sealed: Buffer.from(id) } });
const keys = async ({ client }: EmbeddedDatabase): Promise<string[]> =>
  (await client.encryptionKeyCheck.findMany({ orderBy: { keyId: 'asc' } })).map(({ keyId }) => keyId);

beforeAll(async () => {
  // SIGKILL in the middle of the very first start.
  const child = spawnOpener();
  await vi.waitUntil(() => existsSync(join(dataDir, 'database.new', 'PG_VERSION')), { timeout: 280_000, interval: 5 });
  await kill(child);
});
afterEach(async () => {
  for (const child of children) await kill(child);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('SEC-52: a kill during the very first start leaves a folder that the next start mends', async () => {
  expect(await readdir(dataDir)).toContain('database.new');
  expect(await readdir(dataDir)).not.toContain('database');

  const database = await open();
  expect(await readdir(dataDir)).not.toContain('database.new');
  expect((await migrationStatus(database)).pending).toEqual([]);
  await addRow(database, 'first');
  await database.close();
});

test('folder and database are for their owner alone', () => {
  for (const path of [dataDir, join(dataDir, 'database')]) expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, 'lock')).mode & 0o077).toBe(0);
});

test('SEC-54: two processes never open the database at once, and a killed one leaves no lock', async () => {
  const child = spawnOpener();
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  await expect(open()).rejects.toThrow(DatabaseInUseError);
  await expect(restoreDatabase(dataDir, new Uint8Array(), asItIs)).rejects.toThrow(DatabaseInUseError);

  await kill(child);
  const database = await open();
  expect(await keys(database)).toEqual(['first']);
  // Nor twice in one process.
  await expect(open()).rejects.toThrow(/^The embedded database in .* is in use: .*$/);
  await database.close();
});

test('SEC-54: a backup taken while the database is in use is restored elsewhere', async () => {
  const file = join(folder, 'backup.tar.gz');
  const database = await open();
  let committed = () => {};
  const mayCommit = new Promise<void>((resolve) => {
    committed = resolve;
  });
  const underWay = database.transaction(async (tx) => {
    await tx.encryptionKeyCheck.create({ data: { keyId: 'uncommitted', sealed: new Uint8Array(1) } });
    await mayCommit;
  });
  const backup = writeBackup(dataDir, file);
  committed();
  await Promise.all([underWay, backup]);
  await addRow(database, 'later');
  await database.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const elsewhere = join(folder, 'elsewhere');
  expect(await restoreDatabase(elsewhere, await readFile(file), asItIs)).toBeNull();
  const copy = await open(elsewhere);
  expect(await keys(copy)).toContain('first');
  expect(await keys(copy)).not.toContain('later');
  await copy.close();

  // Over a database that is there: that one is kept.
  const replaced = await restoreDatabase(dataDir, await readFile(file), asItIs);
  expect(replaced && existsSync(join(replaced, 'PG_VERSION'))).toBe(true);
  const restored = await open();
  expect(await keys(restored)).not.toContain('later');
  await restored.close();
});

test('a restore that was broken off after its point of no return is finished by the next start', async () => {
  renameSync(join(dataDir, 'database'), join(dataDir, 'database.restored'));
  const database = await open();
  expect(await keys(database)).toContain('first');
  await database.close();
});

test('a file that is no backup is refused and changes nothing', async () => {
  await expect(restoreDatabase(dataDir, Buffer.from('not a tarball'), asItIs)).rejects.toThrow('This is no backup');
  expect(await readdir(dataDir)).not.toContain('database.new');
  const database = await open();
  expect(await keys(database)).toContain('first');
  await database.close();
});

test('a backup needs no running server', async () => {
  const file = join(folder, 'offline.tar.gz');
  await writeBackup(dataDir, file);
  expect(statSync(file).size).toBeGreaterThan(100_000);
});

test('where the path is too long for a socket, a backup goes through one in the temporary folder', async () => {
  const deep = join(folder, 'd'.repeat(120));
  renameSync(dataDir, deep);
  const database = await open(deep);
  const file = join(folder, 'deep.tar.gz');
  await writeBackup(deep, file);
  expect(existsSync(join(deep, 'control.sock'))).toBe(false);
  expect(statSync(file).size).toBeGreaterThan(100_000);
  await database.close();
});
