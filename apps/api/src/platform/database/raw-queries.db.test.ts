import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { newId } from '../crypto/ids.ts';
import { Prisma } from './database.ts';

// What raw queries take and give, the same on both databases: stores rely on it.

const database = await testDatabase();
const { client } = database;
afterAll(() => database.close());

async function echo<T>(value: unknown, type: string): Promise<T> {
  const [row] = await client.$queryRaw<{ value: T }[]>`SELECT ${value}::${Prisma.raw(type)} AS value`;
  if (!row) throw new Error('no row');
  return row.value;
}

describe('a value comes back as it went in', () => {
  test('bytes, as Uint8Array or Buffer, empty ones and a view into a larger buffer too', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    for (const value of [bytes, Buffer.from(bytes), new Uint8Array(0), bytes.subarray(16, 48)]) {
      const back = await echo<Uint8Array>(value, 'bytea');
      expect(back).toBeInstanceOf(Uint8Array);
      expect([...back]).toEqual([...value]);
    }
  });

  test('a time, to the millisecond, whatever the time zone of process and database', async () => {
    for (const iso of ['2026-03-29T01:30:00.007Z', '2026-10-25T00:59:59.999Z', '1969-12-31T23:59:59.100Z']) {
      const back = await echo<Date>(new Date(iso), 'timestamptz');
      expect(back).toBeInstanceOf(Date);
      expect(back.toISOString()).toBe(iso);
    }
    const [zone] = await client.$queryRaw<{ TimeZone: string }[]>`SHOW TIME ZONE`;
    expect(zone?.TimeZone).toBe('UTC');
    // The text that the database compares with is UTC too.
    expect(await echo<number>(new Date(1_790_000_000_123), 'timestamptz')).toEqual(new Date(1_790_000_000_123));
  });

  test('numbers: int as number, bigint as bigint, double, boolean', async () => {
    expect(await echo(7, 'int')).toBe(7);
    expect(await echo(2n ** 62n, 'bigint')).toBe(2n ** 62n);
    expect(await echo(7, 'bigint')).toBe(7n);
    expect(await echo(0.1, 'double precision')).toBe(0.1);
    expect(await echo(true, 'boolean')).toBe(true);
  });

  test('a count is a bigint', async () => {
    expect(await client.$queryRaw`SELECT count(*) AS users FROM users`).toEqual([{ users: 0n }]);
  });

  test('text, with everything that could be mistaken for syntax', async () => {
    for (const text of [`'"\\%_$1::int`, 'Ünïcödé 😀', '', '{"a":1}', '\\x00'])
      expect(await echo(text, 'text')).toBe(text);
  });

  test('uuid and enum want a cast, and come back as strings', async () => {
    const id = newId();
    expect(await echo(id, 'uuid')).toBe(id);
    expect(await echo('admin', 'role')).toBe('admin');
    await expect(client.$queryRaw`SELECT 1 FROM users WHERE role = ${'admin'}::text`).rejects.toThrow();
  });

  test('json: sent as text, returned parsed', async () => {
    const value = { b: 1, a: [null, 'x', { deep: true }], text: 'Ü' };
    expect(await echo(JSON.stringify(value), 'jsonb')).toEqual(value);
    expect(await echo('null', 'jsonb')).toBeNull();
  });

  test('NULL of every type', async () => {
    for (const type of ['text', 'uuid', 'bytea', 'timestamptz', 'int', 'jsonb', 'role', 'boolean']) {
      expect(await echo(null, type)).toBeNull();
    }
  });

  test('a list for ANY()', async () => {
    const ids = [newId(), newId()];
    const rows = await client.$queryRaw`SELECT ${ids[0]}::uuid = ANY(${ids}::uuid[]) AS found`;
    expect(rows).toEqual([{ found: true }]);
    expect(await client.$queryRaw`SELECT 'c' = ANY(${['a', 'b']}::text[]) AS found`).toEqual([{ found: false }]);
  });
});

test('a NUL in text is an error of that statement alone (SEC-50 refuses it earlier)', async () => {
  await expect(echo('a\0b', 'text')).rejects.toThrow();
  await database.ping();
});

describe('statements that change', () => {
  const sealed = Buffer.from([1]);
  const add = (id: string) => client.encryptionKeyCheck.create({ data: { keyId: id, sealed } });

  test('$executeRaw gives the number of rows', async () => {
    await add('count-1');
    await add('count-2');
    expect(
      await client.$executeRaw`UPDATE encryption_key_checks SET sealed = ${sealed} WHERE key_id LIKE 'count-%'`,
    ).toBe(2);
    expect(await client.$executeRaw`DELETE FROM encryption_key_checks WHERE key_id = 'no such'`).toBe(0);
  });

  test('$queryRaw gives the rows of RETURNING', async () => {
    await add('returning');
    const rows = await client.$queryRaw`
      UPDATE encryption_key_checks SET sealed = ${Buffer.from([2])} WHERE key_id = 'returning'
      RETURNING key_id AS "keyId", sealed`;
    expect(rows).toEqual([{ keyId: 'returning', sealed: Uint8Array.from([2]) }]);
  });

  test('a CTE that changes data runs, and its rows come out', async () => {
    const rows = await client.$queryRaw`
      WITH added AS (
        INSERT INTO encryption_key_checks (key_id, sealed) VALUES ('cte', ${sealed}) RETURNING key_id
      ), chained AS (
        INSERT INTO encryption_key_checks (key_id, sealed) SELECT key_id || '-2', ${sealed} FROM added RETURNING key_id
      )
      SELECT key_id FROM added UNION ALL SELECT key_id FROM chained`;
    expect(rows).toEqual([{ key_id: 'cte' }, { key_id: 'cte-2' }]);
    expect(await client.encryptionKeyCheck.count({ where: { keyId: { startsWith: 'cte' } } })).toBe(2);
  });

  test('$executeRaw of a CTE counts the rows of its last statement', async () => {
    const count = await client.$executeRaw`
      WITH added AS (INSERT INTO encryption_key_checks (key_id, sealed)
        VALUES ('x-1', ${sealed}), ('x-2', ${sealed}) RETURNING key_id)
      DELETE FROM encryption_key_checks WHERE key_id = 'cte-2'`;
    expect(count).toBe(1);
    expect(await client.$executeRaw`SELECT 1 FROM encryption_key_checks WHERE key_id LIKE 'x-_'`).toBe(2);
  });
});
