import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import type { Database } from './database.ts';
import { exclusivelyOnPostgres } from './exclusively.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Work that goes on until it is told to end. */
function longWork() {
  let end = (): void => undefined;
  let begun = (): void => undefined;
  const isOn = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const work = () =>
    new Promise<string>((resolve) => {
      begun();
      end = () => resolve('done');
    });
  return { work, isOn, end: () => end() };
}

describe('what one instance does at a time (SEC-58)', () => {
  test('is not begun by another, which does not wait', async () => {
    const { work, isOn, end } = longWork();
    const first = database.exclusively('cleaning', work);
    await isOn;
    expect(await database.exclusively('cleaning', async () => 'twice')).toBeNull();
    expect(await database.exclusively('cooking', async () => 'other')).toBe('other');
    end();
    expect(await first).toBe('done');
    expect(await database.exclusively('cleaning', async () => 'again')).toBe('again');
  });

  test('may be done again after it failed', async () => {
    await expect(database.exclusively('cleaning', () => Promise.reject(new Error('dust')))).rejects.toThrow('dust');
    expect(await database.exclusively('cleaning', async () => 'again')).toBe('again');
  });

  test('is free again once the instance that did it is dead', async ({ skip }) => {
    if (database.kind !== 'postgres') return skip('the embedded database has one process');
    const { connection } = database;
    const { work, isOn, end } = longWork();
    const dying = exclusivelyOnPostgres({ ...connection, application_name: 'dying' }, 'cleaning', work);
    await isOn;
    const killer = new pg.Client(connection);
    await killer.connect();
    await killer.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'dying'`);
    await killer.end();
    expect(await database.exclusively('cleaning', async () => 'free')).toBe('free');
    end();
    await dying.catch(() => undefined);
  });
});
