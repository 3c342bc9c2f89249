import { describe, expect, test } from 'vitest';
import type { Examined } from '../../platform/database/examine.ts';
import { judge } from './database.ts';
import { judgeCertificate, judgeSource } from './public-url.ts';

const now = new Date('2026-11-29T12:00:00Z');
const good: Examined = {
  version: 170_004,
  versionText: '17.4',
  encoding: 'UTF8',
  inRecovery: false,
  role: 'sallyport',
  isSuperuser: false,
  ownsTables: false,
  encrypted: true,
  maxConnections: 100,
  now,
};
const findingsOf = (change: Partial<Examined>): string[] =>
  judge({ ...good, ...change }, now)
    .filter(({ outcome }) => outcome !== 'ok')
    .map(({ of, outcome }) => `${of}: ${outcome}`);

test.each<[string, Partial<Examined>, string[]]>([
  ['nothing is wrong', {}, []],
  ['a connection within the machine need not be encrypted', { encrypted: null }, []],
  ['PostgreSQL is old', { version: 130_020 }, ['database: warning']],
  ['the encoding is another', { encoding: 'SQL_ASCII' }, ['database: fault']],
  ['it is a standby', { inRecovery: true }, ['database: fault']],
  ['the connection is open to all', { encrypted: false }, ['database: warning']],
  ['the role is a superuser', { isSuperuser: true }, ['rights: warning']],
  ['the role owns the tables', { ownsTables: true }, ['rights: warning']],
  ['the clock is 5 s ahead', { now: new Date(now.getTime() - 5000) }, ['clock: warning']],
  ['the clock is a minute behind', { now: new Date(now.getTime() + 60_000) }, ['clock: fault']],
])('%s', (_, change, expected) => {
  expect(findingsOf(change)).toEqual(expected);
});

describe('SEC-57: the address that the service takes for ours', () => {
  const publicUrl = new URL('https://login.example.com');
  test.each([
    ['203.0.113.77', 'fault'],
    ['10.0.3.7', 'warning'],
    ['::ffff:10.0.3.7', 'warning'],
    ['fd00::1', 'warning'],
    ['198.51.100.9', 'ok'],
  ])('%s: %s', (address, outcome) => {
    expect(judgeSource(address, { publicUrl, trustProxy: 1 })).toMatchObject({ outcome });
  });

  test('this machine is ours where the service is of this machine', () => {
    expect(judgeSource('127.0.0.1', { publicUrl: new URL('http://localhost:3000'), trustProxy: 0 }).outcome).toBe('ok');
  });
});

test('a certificate that ends within three weeks is told', () => {
  expect(judgeCertificate(new Date('2026-12-19T12:00:00Z'), now).outcome).toBe('warning');
  expect(judgeCertificate(new Date('2026-12-21T12:00:00Z'), now).outcome).toBe('ok');
});
