import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS } from '@sallyport/core';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { Metrics } from '../metrics.ts';
import { Chores } from '../time/chores.ts';
import { exclusivelyInProcess } from './exclusively.ts';
import { ScheduledBackups } from './scheduled-backups.ts';

const parent = mkdtempSync(join(tmpdir(), 'sallyport-backups-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

let count = 0;
let folder: string;
let clock: TestClock;
let backups: ScheduledBackups;
/** What the database gives; a backup that is made of it is told from the others by it. */
let content: () => Promise<Uint8Array>;

beforeEach(() => {
  folder = join(parent, String(count++), 'backups');
  clock = new TestClock();
  content = async () => Buffer.from(clock.now().toISOString());
  backups = new ScheduledBackups({ database: { backup: () => content() }, clock }, { folder, everyHours: 24, keep: 3 });
});

const files = (): string[] => readdirSync(folder).sort();

test('a backup is for its owner alone, has the moment in its name, and is due again after the hours that are set', async () => {
  expect(await backups.isDue()).toBe(true);
  expect(await backups.newestMs()).toBeNull();
  expect(await backups.run()).toBe(1);
  const [name = ''] = files();
  expect(name).toMatch(/^sallyport-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar\.gz$/);
  expect(readFileSync(join(folder, name), 'utf8')).toBe(clock.now().toISOString());
  expect([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(await backups.newestMs()).toBe(Math.floor(clock.now().getTime() / 1000) * 1000);

  clock.advance({ seconds: 24 * 3600 - 60 });
  expect(await backups.isDue()).toBe(false);
  clock.advance({ seconds: 60 });
  expect(await backups.isDue()).toBe(true);
});

test('a backup from the future, of a clock that was wrong, puts off none', async () => {
  await backups.run();
  clock.advance({ seconds: -3600 });
  expect(await backups.isDue()).toBe(true);
});

test('the oldest goes once a newer one is whole, and nothing else does', async () => {
  for (let day = 0; day < 5; day += 1) {
    expect(await backups.run()).toBe(day < 3 ? 1 : 2);
    if (day === 0) writeFileSync(join(folder, 'notes.tar.gz'), '');
    clock.advance({ seconds: 24 * 3600 });
  }
  expect(files()).toHaveLength(4);
  expect(files()).toContain('notes.tar.gz');
  expect(await backups.newestMs()).toBeGreaterThan(clock.now().getTime() - 25 * HOUR_MS);
});

test('what a killed process left of a backup is removed', async () => {
  await backups.run();
  writeFileSync(join(folder, 'sallyport-2026-01-01T00-00-00Z.tar.gz.partial'), '');
  clock.advance({ seconds: 60 });
  expect(await backups.run()).toBe(2);
  expect(files().filter((name) => name.endsWith('.partial'))).toEqual([]);
});

describe('a backup that fails', () => {
  test('leaves no part of a file, and every backup that is there', async () => {
    for (let day = 0; day < 3; day += 1) {
      await backups.run();
      clock.advance({ seconds: 24 * 3600 });
    }
    const before = files();
    content = () => Promise.reject(new Error('The database is broken.'));
    await expect(backups.run()).rejects.toThrow('The database is broken.');
    expect(files()).toEqual(before);
    expect(await backups.isDue()).toBe(true);
  });

  test('to be put in its place leaves no part of a file either', async () => {
    const taken = 'sallyport-2026-03-01T12-00-00Z.tar.gz';
    mkdirSync(join(folder, taken), { recursive: true });
    await expect(backups.run()).rejects.toThrow('EISDIR');
    expect(files()).toEqual([taken]);
  });

  test('is logged and counted as a chore, and comes again', async () => {
    writeFileSync(join(parent, 'file'), '');
    const blocked = { folder: join(parent, 'file'), everyHours: 24, keep: 3 };
    const failing = new ScheduledBackups({ database: { backup: () => content() }, clock }, blocked);
    const [metrics, warn] = [new Metrics(), vi.fn()];
    metrics.watchBackups(() => failing.newestMs());
    const database = { exclusively: exclusivelyInProcess() } as ConstructorParameters<typeof Chores>[0]['database'];
    const chore = { name: 'backup', everyMs: HOUR_MS, isDue: () => failing.isDue(), run: () => failing.run() };
    await new Chores({ database, metrics, logger: { warn } }, [chore]).run(chore);
    expect(warn).toHaveBeenCalledOnce();
    const text = await metrics.text();
    expect(text).toContain('sallyport_chore_duration_seconds_count{chore="backup",outcome="failed"} 1');
    expect(existsSync(`${blocked.folder}.partial`)).toBe(false);
  });
});
