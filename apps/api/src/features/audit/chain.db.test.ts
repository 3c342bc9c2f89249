import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { prismaFolder } from '../../platform/database/migrations.ts';
import { PAST_THE_TRIGGERS, TestLog } from '../../testing/audit-log.ts';
import { testDatabase } from '../../testing/database.ts';
import { verifyChain } from './chain.ts';
import type { LogFault } from './fault.ts';

let database: Database;
let log: TestLog;
/** What made the chain, as it was: functions and trigger of the first migration. */
let chaining: string[];
beforeAll(async () => {
  database = await testDatabase();
  log = await TestLog.on(database);
  const sql = await readFile(join(prismaFolder(), 'migrations/20261124140000_init/migration.sql'), 'utf8');
  chaining = [
    /CREATE FUNCTION "netstring".*?;\n/s,
    /CREATE FUNCTION "audit_event_hash".*?'UTF8'\)\);\n/s,
    /CREATE FUNCTION "audit_events_append".*?\$\$;\n/s,
    /CREATE TRIGGER "audit_events_append".*?;\n/s,
  ].map((part) => part.exec(sql)?.[0] ?? expect.fail(String(part)));
});
afterAll(() => database.close());

/** What `act` gives in a transaction that leaves nothing behind: each test has a log of its own. */
async function apart<T>(act: (tx: Transaction) => Promise<T>): Promise<T> {
  const undone = Symbol('undone');
  let result: { value: T } | undefined;
  await database
    .transaction(async (tx) => {
      result = { value: await act(tx) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (!result) throw new Error('unreachable');
  return result.value;
}

/** A log of `count` events from before it was sealed. */
async function chain(tx: Transaction, count: number): Promise<void> {
  await tx.$executeRawUnsafe('ALTER TABLE audit_chain DISABLE TRIGGER audit_chain_refuse');
  await tx.$executeRawUnsafe('ALTER TABLE audit_events ALTER COLUMN transaction_id SET DEFAULT 0');
  for (const statement of chaining) await tx.$executeRawUnsafe(statement);
  await log.append(count, tx);
}

interface Found {
  fault: LogFault | null;
  hashes: string[];
  progress: number[];
}

/** What is said of a chain of `count` events after somebody who owns the database went past the triggers. */
const verifyAfter = (count: number, ...statements: string[]): Promise<Found> =>
  apart(async (tx) => {
    await chain(tx, count);
    for (const statement of [...PAST_THE_TRIGGERS, ...statements]) await tx.$executeRawUnsafe(statement);
    const [hashes, progress]: [string[], number[]] = [[], []];
    const look = (hash: Uint8Array) => hashes.push(Buffer.from(hash).toString('hex'));
    const fault = await verifyChain(tx, look, (done) => progress.push(done), 3);
    return { fault, hashes, progress };
  });

const faultAfter = async (count: number, ...statements: string[]) => (await verifyAfter(count, ...statements)).fault;

describe('SEC-41: the chain that the audit log was before it was sealed', () => {
  test('is whole when nobody touched it, and is read in batches', async () => {
    expect(await verifyAfter(0)).toEqual({ fault: null, hashes: ['00'.repeat(32)], progress: [0] });
    const { fault, hashes, progress } = await verifyAfter(8);
    expect([fault, progress]).toEqual([null, [3, 6, 8]]);
    expect(new Set(hashes).size).toBe(9);
  });

  test('does not depend on the time zone of the session', async () => {
    const fault = await faultAfter(3, `SET LOCAL TIME ZONE 'UTC'`);
    expect(fault).toBeNull();
  });

  test.each([
    "occurred_at = occurred_at + interval '1 millisecond'",
    "action = 'mfa.disabled'",
    "outcome = 'failure'",
    'actor_id = NULL',
    "actor_name = 'else@example.com'",
    "subject_id = '0193b7a0-0000-7000-8000-000000000001'",
    "subject_name = 'else@example.com'",
    "organization_id = '0193b7a0-0000-7000-8000-000000000001'",
    "address = '192.0.2.2'",
    'user_agent = NULL, request_id = user_agent || request_id',
    "request_id = ''",
    `details = '{}'`,
    "id = '0193b7a0-0000-7000-8000-000000000001'",
    "hash = sha256('else')",
    'hash = NULL',
    "previous_hash = sha256('else')",
    'previous_hash = NULL',
  ])('tells of an altered event: %s', async (change) => {
    const fault = await faultAfter(5, `UPDATE audit_events SET ${change} WHERE sequence = 2`);
    expect(fault).toEqual({ reason: 'altered', sequence: 2 });
  });

  test('tells of an event that was altered together with its hash', async () => {
    const altered = (sequence: number) => [
      `UPDATE audit_events SET action = 'mfa.disabled' WHERE sequence = ${sequence}`,
      `UPDATE audit_events e SET hash = audit_event_hash(e) WHERE sequence = ${sequence}`,
    ];
    expect(await faultAfter(5, ...altered(3))).toEqual({ reason: 'unlinked', sequence: 4 });
    expect(await faultAfter(3, ...altered(3))).toEqual({ reason: 'wrong_end', sequence: 3 });
  });

  test.each([1, 3, 5])('tells of the removed event %i of 5', async (sequence) => {
    const fault = await faultAfter(5, `DELETE FROM audit_events WHERE sequence = ${sequence}`);
    expect(fault).toEqual({ reason: 'missing', sequence });
  });

  test('tells of an event that was taken for one of after the chain', async () => {
    const fault = await faultAfter(5, 'UPDATE audit_events SET transaction_id = 1 WHERE sequence = 3');
    expect(fault).toEqual({ reason: 'missing', sequence: 3 });
  });

  test('tells of a removed event whose gap was closed', async () => {
    const fault = await faultAfter(
      5,
      'DELETE FROM audit_events WHERE sequence = 3',
      'UPDATE audit_events SET sequence = sequence - 1 WHERE sequence > 3',
      'UPDATE audit_events e SET hash = audit_event_hash(e) WHERE sequence >= 3',
    );
    expect(fault).toEqual({ reason: 'unlinked', sequence: 3 });
  });

  test('tells of two events that changed places', async () => {
    const fault = await faultAfter(
      5,
      'UPDATE audit_events SET sequence = -2 WHERE sequence = 2',
      'UPDATE audit_events SET sequence = 2 WHERE sequence = 3',
      'UPDATE audit_events SET sequence = 3 WHERE sequence = -2',
    );
    expect(fault).toEqual({ reason: 'altered', sequence: 2 });
  });

  test.each([4, -7])('tells of an event that was slipped in at %i, outside of the chain', async (sequence) => {
    const fault = await faultAfter(
      3,
      `INSERT INTO audit_events (sequence, id, occurred_at, action, outcome, details, previous_hash, hash)
       SELECT ${sequence}, gen_random_uuid(), occurred_at, action, outcome, details, hash, hash
       FROM audit_events WHERE sequence = 3`,
    );
    expect(fault).toEqual({ reason: 'unchained', sequence });
  });

  test('tells of a lost or forged end, and of a chain that was emptied', async () => {
    const forged = "UPDATE audit_chain SET hash = sha256('else')";
    expect(await faultAfter(3, forged)).toEqual({ reason: 'wrong_end', sequence: 3 });
    expect(await faultAfter(3, 'UPDATE audit_chain SET sequence = 2')).toEqual({ reason: 'unchained', sequence: 3 });
    expect(await faultAfter(3, 'DELETE FROM audit_chain')).toEqual({ reason: 'wrong_end', sequence: 3 });
    expect(await faultAfter(3, 'DELETE FROM audit_events')).toEqual({ reason: 'missing', sequence: 1 });
  });
});
