import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { newId } from '../crypto/ids.ts';
import type { Db } from './database.ts';

// What stands in the migrations beyond Prisma's schema.

const database = await testDatabase();
const { client } = database;
afterAll(() => database.close());

const partner = { id: newId(), slug: 'partner', name: 'Partner', kind: 'partner' } as const;
const customer = { id: newId(), slug: 'customer', name: 'Customer', kind: 'customer', partnerId: partner.id } as const;
const user = (email: string, name = 'Name') => ({
  ...{ id: newId(), organizationId: customer.id, email, name },
  ...({ role: 'member', access: 'read_only', status: 'active' } as const),
});

beforeAll(async () => {
  await client.organization.create({ data: partner });
  await client.organization.create({ data: customer });
});

describe('organizations', () => {
  const create = (data: object) =>
    client.organization.create({ data: { ...partner, ...data, id: newId(), slug: newId() } });

  test('exactly the customers have a partner', async () => {
    await expect(create({ kind: 'customer' })).rejects.toThrow('organizations_kind_partner_check');
    await expect(create({ partnerId: partner.id })).rejects.toThrow('organizations_kind_partner_check');
  });

  test('a partner is of kind partner, and stays one', async () => {
    await expect(create({ kind: 'customer', partnerId: customer.id })).rejects.toThrow('must be of kind partner');
    const change = client.organization.update({
      where: { id: customer.id },
      data: { kind: 'partner', partnerId: null },
    });
    await expect(change).rejects.toThrow('never changes');
  });

  test('settings keep within their bounds', async () => {
    for (const settings of [{ minimumPasswordLength: 7 }, { sessionIdleMinutes: 61 }, { sessionLifetimeMinutes: 1441 }])
      await expect(create(settings)).rejects.toThrow('_check');
  });
});

test('an e-mail address is stored in lower case', async () => {
  await expect(client.user.create({ data: user('Ann@acme.example') })).rejects.toThrow('users_email_check');
  await client.user.create({ data: user('ännchen@acme.example') });
});

test('any part of name or address finds a user through the index', async () => {
  await client.user.create({ data: user('zoe.miller@acme.example', 'Zoë MÜLLER') });
  const found = async (q: string) =>
    client.$queryRaw<{ email: string }[]>`
      SELECT email FROM users
      WHERE search_trigrams(name || E'\n' || email) @> search_trigrams(${q})
        AND (name ILIKE ${`%${q}%`} OR email ILIKE ${`%${q}%`})`;
  for (const q of ['üll', 'Müller', 'zoë m', 'e.mill', 'ZOE.MILLER@ACME']) {
    expect(await found(q), q).toEqual([{ email: 'zoe.miller@acme.example' }]);
  }
  expect(await found('ller zoe')).toEqual([]);
  expect(await found('zo')).toHaveLength(1);

  const plan = await client.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw`EXPLAIN SELECT 1 FROM users WHERE search_trigrams(name || E'\n' || email) @> search_trigrams('miller')`;
  });
  expect(JSON.stringify(plan)).toContain('users_search_idx');
});

describe('the audit log (SEC-41)', () => {
  const append = (db: Db, action: string) => db.$executeRaw`
    INSERT INTO audit_events (id, occurred_at, action, outcome, details)
    VALUES (${newId()}::uuid, ${new Date()}::timestamptz, ${action}, 'success', ${'{"b":1,"a":"ü"}'}::jsonb)`;
  const broken = async (db: Db): Promise<number> => {
    const [row] = await db.$queryRaw<{ broken: bigint }[]>`
      SELECT count(*) AS broken FROM (
        SELECT *, hash <> audit_event_hash(e) AS altered,
          previous_hash IS DISTINCT FROM lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY sequence) AS unchained,
          sequence <> row_number() OVER (ORDER BY sequence) AS gap
        FROM audit_events e) checked
      WHERE altered OR unchained OR gap`;
    return Number(row?.broken);
  };

  test('events written in parallel, some rolled back, are one chain without gaps', async () => {
    const writes = Array.from({ length: 20 }, (_, index) =>
      database.transaction(async (tx) => {
        await append(tx, `parallel-${index}`);
        if (index % 5 === 0) throw new Error('rolled back');
      }),
    );
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    expect(await client.auditEvent.count()).toBe(16);
    expect(await broken(client)).toBe(0);
    const head = await client.auditChain.findUniqueOrThrow({ where: { id: 1 } });
    const last = await client.auditEvent.findUniqueOrThrow({ where: { sequence: 16n } });
    expect([...head.hash]).toEqual([...last.hash]);
  });

  test('the client cannot choose place or hash, and Prisma can create events too', async () => {
    const forged = await client.auditEvent
      .create({
        data: {
          ...{ sequence: 1n, previousHash: new Uint8Array(32), hash: new Uint8Array(32) },
          ...{ id: newId(), occurredAt: new Date(), action: 'forged', outcome: 'failure', details: {} },
        },
        select: { id: true },
      })
      .catch((error: unknown) => error);
    expect(forged).not.toBeInstanceOf(Error);
    expect(await broken(client)).toBe(0);
  });

  test('the hash does not depend on the time zone of the session', async () => {
    await client.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL TIME ZONE 'Asia/Kathmandu'`;
      expect(await broken(tx)).toBe(0);
    });
  });

  test.each([
    'UPDATE audit_events SET action = action',
    'DELETE FROM audit_events WHERE false',
    'TRUNCATE audit_events',
    'DELETE FROM audit_chain',
  ])('%s is refused', async (statement) => {
    await expect(client.$executeRawUnsafe(statement)).rejects.toThrow('append-only');
  });
});
