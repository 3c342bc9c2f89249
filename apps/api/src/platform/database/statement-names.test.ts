import { expect, test } from 'vitest';
import { StatementNames } from './statement-names.ts';

const query = (sql: string, args: unknown[] = [1]) => ({ sql, args });

test('a text that comes again is named after what it says, the same in every process', () => {
  const [here, there] = [new StatementNames(), new StatementNames()];
  expect(here.nameOf(query('SELECT $1'))).toBe('');
  const name = here.nameOf(query('SELECT $1'));
  expect(name).toMatch(/^[\w-]{24}$/);
  expect(here.nameOf(query('SELECT $1'))).toBe(name);
  for (const sql of ['SELECT $1', 'SELECT $1 + 1']) there.nameOf(query(sql));
  expect(there.nameOf(query('SELECT $1'))).toBe(name);
  expect(there.nameOf(query('SELECT $1 + 1'))).not.toBe(name);
});

test('what has no parameters may be a script of several statements: it has no name', () => {
  const names = new StatementNames();
  for (let times = 0; times < 3; times++) expect(names.nameOf(query('BEGIN; COMMIT', []))).toBe('');
});

test('however many texts come, the names are few, and the first ones stay', () => {
  const names = new StatementNames();
  const named = () => Array.from({ length: 2000 }, (_, i) => names.nameOf(query(`SELECT $1 + ${i}`))).filter(Boolean);
  const asked = (i: number) => names.nameOf(query(`SELECT $1 + ${i}`));
  for (let i = 0; i < 2000; i++) {
    asked(i);
    asked(i);
  }
  expect(new Set(named()).size).toBe(250);
  expect(asked(0)).not.toBe('');
  expect(asked(1999)).toBe('');
});

test('a pooler that keeps no statements ends the naming; a changed table renames', () => {
  const names = new StatementNames();
  const name = () => names.nameOf(query('SELECT $1'));
  name();
  const before = name();
  expect(names.learn('23505', 'duplicate key')).toBe(false);
  expect(names.learn('0A000', 'cannot do that')).toBe(false);
  expect(name()).toBe(before);
  expect(names.learn('0A000', 'cached plan must not change result type')).toBe(true);
  name();
  expect(name()).not.toBe(before);
  expect(name()).not.toBe('');
  expect(names.learn('26000', 'prepared statement "x" does not exist')).toBe(true);
  expect(name()).toBe('');
});
