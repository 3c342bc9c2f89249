import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { newId } from '../crypto/ids.ts';

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
    for (const settings of [
      { minimumPasswordLength: 7 },
      { sessionIdleMinutes: 61 },
      { sessionLifetimeMinutes: 1441 },
      { auditRetentionDays: 89 },
      { mfaGraceDays: 91 },
      { rememberedDeviceDays: 91 },
      { resetDelayHours: 169 },
      { recoveryDelayHours: 169 },
      { passkeyModels: { models: [], roots: 'none' } },
    ])
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
      WHERE search_keys(name || E'\n' || email, 1) @> search_keys(${q}, least(3, length(${q})))
        AND (name ILIKE ${`%${q}%`} OR email ILIKE ${`%${q}%`})`;
  for (const q of ['üll', 'Müller', 'zoë m', 'e.mill', 'ZOE.MILLER@ACME']) {
    expect(await found(q), q).toEqual([{ email: 'zoe.miller@acme.example' }]);
  }
  expect(await found('ller zoe')).toEqual([]);
  for (const q of ['zo', 'z', 'É']) expect(await found(q), q).toHaveLength(q === 'É' ? 0 : 1);

  const plan = await client.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw`EXPLAIN SELECT 1 FROM users WHERE search_keys(name || E'\n' || email, 1) @> search_keys('miller', 3)`;
  });
  expect(JSON.stringify(plan)).toContain('users_search_idx');
});
