import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { TestClock } from '../../testing/clock.ts';
import { testDatabase } from '../../testing/database.ts';
import { AuditService, type ChainVerification, verifyChain } from './service.ts';

let database: Database;
let audit: AuditService;
beforeAll(async () => {
  database = await testDatabase();
  audit = new AuditService({ database, clock: new TestClock() });
});
afterAll(() => database.close());

const origin = { address: '192.0.2.1', userAgent: 'Grüße, \u{1f511} "quoted"', requestId: 'request' };

async function append(tx: Transaction, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await audit.record(tx, index % 2 ? origin : null, {
      action: 'user.updated',
      actor: index % 3 ? { id: '0193b7a0-0000-7000-8000-000000000000', name: 'actor@example.com' } : null,
      subject: { id: null, name: 'süßes@例え.example' },
      organizationId: null,
      details: { index, text: 'ä\n"\\', list: ['a', 'b'], nothing: null, yes: true, number: 1.5 },
    });
  }
}

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

/** What is said of a log of `count` events after somebody who owns the database went past the triggers. */
const verifyAfter = (count: number, ...statements: string[]): Promise<ChainVerification> =>
  apart(async (tx) => {
    await append(tx, count);
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
    return verifyChain(tx);
  });

describe('SEC-41: the audit log', () => {
  test('is whole when nobody touched it', async () => {
    expect(await verifyAfter(0)).toEqual({ ok: true, count: 0, headHash: '00'.repeat(32) });
    const { headHash, ...whole } = await verifyAfter(7);
    expect(whole).toEqual({ ok: true, count: 7 });
    expect(headHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is read in batches', async () => {
    const progress: number[][] = [];
    const verification = await apart(async (tx) => {
      await append(tx, 8);
      return verifyChain(tx, (...told) => progress.push(told), 3);
    });
    expect(verification).toMatchObject({ ok: true, count: 8 });
    expect(progress).toEqual([
      [3, 8],
      [6, 8],
      [8, 8],
    ]);
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
    "previous_hash = sha256('else')",
  ])('tells of an altered event: %s', async (change) => {
    expect(await verifyAfter(5, `UPDATE audit_events SET ${change} WHERE sequence = 2`)).toMatchObject({
      ok: false,
      count: 1,
      firstFault: { sequence: 2, reason: 'altered' },
    });
  });

  test('tells of an event that was altered together with its hash', async () => {
    const { firstFault } = await verifyAfter(
      5,
      "UPDATE audit_events SET action = 'mfa.disabled' WHERE sequence = 3",
      'UPDATE audit_events e SET hash = audit_event_hash(e) WHERE sequence = 3',
    );
    expect(firstFault).toEqual({ sequence: 4, reason: 'unlinked' });
  });

  test('tells of the last event that was altered together with its hash', async () => {
    const { firstFault } = await verifyAfter(
      3,
      "UPDATE audit_events SET action = 'mfa.disabled' WHERE sequence = 3",
      'UPDATE audit_events e SET hash = audit_event_hash(e) WHERE sequence = 3',
    );
    expect(firstFault).toEqual({ sequence: 3, reason: 'wrong_end' });
  });

  test.each([1, 3, 5])('tells of the removed event %i of 5', async (sequence) => {
    const { firstFault } = await verifyAfter(5, `DELETE FROM audit_events WHERE sequence = ${sequence}`);
    expect(firstFault).toEqual({ sequence, reason: 'missing' });
  });

  test('tells of a removed event whose gap was closed', async () => {
    const { firstFault } = await verifyAfter(
      5,
      'DELETE FROM audit_events WHERE sequence = 3',
      'UPDATE audit_events SET sequence = sequence - 1 WHERE sequence > 3',
      'UPDATE audit_events e SET hash = audit_event_hash(e) WHERE sequence >= 3',
    );
    expect(firstFault).toEqual({ sequence: 3, reason: 'unlinked' });
  });

  test('tells of two events that changed places', async () => {
    const { firstFault } = await verifyAfter(
      5,
      'UPDATE audit_events SET sequence = -2 WHERE sequence = 2',
      'UPDATE audit_events SET sequence = 2 WHERE sequence = 3',
      'UPDATE audit_events SET sequence = 3 WHERE sequence = -2',
    );
    expect(firstFault).toEqual({ sequence: 2, reason: 'altered' });
  });

  test.each([4, -7])('tells of an event that was slipped in at %i, outside of the chain', async (sequence) => {
    const { firstFault } = await verifyAfter(
      3,
      `INSERT INTO audit_events (sequence, id, occurred_at, action, outcome, details, previous_hash, hash)
       SELECT ${sequence}, gen_random_uuid(), occurred_at, action, outcome, details, hash, hash
       FROM audit_events WHERE sequence = 3`,
    );
    expect(firstFault).toEqual({ sequence, reason: 'unchained' });
  });

  test('tells of a lost or forged end', async () => {
    const faultAfter = async (statement: string) => (await verifyAfter(3, statement)).firstFault;
    const forged = await faultAfter("UPDATE audit_chain SET hash = sha256('else')");
    expect(forged).toEqual({ sequence: 3, reason: 'wrong_end' });
    expect(await faultAfter('UPDATE audit_chain SET sequence = 2')).toEqual({ sequence: 3, reason: 'unchained' });
    expect(await faultAfter('DELETE FROM audit_chain')).toEqual({ sequence: 3, reason: 'wrong_end' });
  });

  test('tells of a log that was emptied', async () => {
    const { firstFault } = await verifyAfter(3, 'DELETE FROM audit_events');
    expect(firstFault).toEqual({ sequence: 1, reason: 'missing' });
  });

  test.each([
    "UPDATE audit_events SET action = 'seed.applied'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'DELETE FROM audit_chain',
  ])('refuses %s', async (statement) => {
    const attempt = apart(async (tx) => {
      await append(tx, 1);
      await tx.$executeRawUnsafe(statement);
    });
    await expect(attempt).rejects.toThrow('append-only');
  });

  test('is one chain without gaps under parallel appends, and a rolled back change leaves nothing', async () => {
    const own = await testDatabase();
    try {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          own.transaction(async (tx) => {
            await append(tx, 1);
            if (index % 4 === 0) throw new Error('rolled back');
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
      expect(await verifyChain(own.client)).toMatchObject({ ok: true, count: 30 });
    } finally {
      await own.close();
    }
  });
});
