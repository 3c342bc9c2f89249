import { describe, expect, test } from 'vitest';
import { testDatabaseKind } from './database.ts';
import { judgePlans } from './plans.ts';
import { databaseUrl, postgresTestDatabase } from './postgres.ts';

const ID = '0198f3a2-5c1e-7d34-9a4b-2f6d8e1c7b90';
const cases: Record<string, [sql: string, args: unknown[], faults: string[]]> = {
  'what no index has': [
    'SELECT 1 FROM users WHERE created_at = $1::timestamptz',
    ['2020-01-01'],
    ['reads all of users'],
  ],
  'an order that an index has, of what it does not': [
    'SELECT 1 FROM users WHERE created_at = $1::timestamptz ORDER BY email LIMIT 51',
    ['2020-01-01'],
    ['reads all of users by users_email_key'],
  ],
  'a part of an index that is not its beginning': [
    'SELECT 1 FROM refresh_tokens WHERE created_at < $1::timestamptz',
    ['2020-01-01'],
    ['reads all of refresh_tokens'],
  ],
  'the first in an order that no index has': [
    'SELECT 1 FROM users WHERE organization_id = $1::uuid ORDER BY created_at LIMIT 51',
    [ID],
    ['sorts all to take the first'],
  ],
  'a join the wrong way round': [
    'SELECT 1 FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.user_agent = $1',
    ['curl'],
    ['reads all of sessions by sessions_user_id_idx'],
  ],
  'a row by its key': ['SELECT 1 FROM users WHERE id = $1::uuid', [ID], []],
  'the first of a list that an index holds': [
    'SELECT 1 FROM users WHERE organization_id = $1::uuid AND email > $2 ORDER BY email LIMIT 51',
    [ID, 'm'],
    [],
  ],
  'the first of all': ['SELECT 1 FROM users ORDER BY email LIMIT 51', [], []],
  'a small table': ['SELECT 1 FROM signing_keys', [], []],
};

describe.runIf(testDatabaseKind() === 'postgres')('the judge of plans', () => {
  test('finds what would read more than it returns, and nothing else', async () => {
    const database = await postgresTestDatabase();
    await database.close();
    const queries = Object.values(cases).map(([sql, args]) => ({
      ...{ sql, args },
      argTypes: args.map(() => ({ scalarType: 'unknown' as const, arity: 'scalar' as const })),
    }));
    const judged = await judgePlans({ connectionString: databaseUrl(database) }, queries);
    const expected = Object.entries(cases).map(([name, [, , faults]]) => [name, faults]);
    expect(Object.keys(cases).map((name, index) => [name, judged[index]?.faults])).toEqual(expected);
  });
});
