import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import type { Database } from '../../platform/database/database.ts';
import { TestLog } from '../../testing/audit-log.ts';
import { testDatabase } from '../../testing/database.ts';
import { organizationsStore } from '../organizations/store.ts';
import { proveEvent } from './proof.ts';
import { AuditRetention } from './retention.ts';

const [partner, customer, other] = [newId(), newId(), newId()];

let database: Database;
let log: TestLog;
let retention: AuditRetention;
beforeAll(async () => {
  database = await testDatabase();
  log = await TestLog.on(database);
  const store = organizationsStore(database.client);
  const now = new Date();
  for (const [id, partnerId] of [[partner, null] as const, [customer, partner] as const, [other, null] as const]) {
    const kind = partnerId === null ? 'partner' : 'customer';
    await store.insertUnlessTaken({ id, slug: `o-${id}`, name: 'Organization', kind, partnerId }, now);
  }
});
afterAll(() => database.close());

beforeEach(async () => {
  await log.empty();
  await keep(partner, null);
  await keep(customer, null);
  retention = new AuditRetention(log);
});

const keep = (id: string, auditRetentionDays: number | null) =>
  organizationsStore(database.client).update(id, { auditRetentionDays }, new Date());

/** So many sealed events of the organisation, at this moment. */
async function happened(moment: string, organizationId: string | null, count = 1): Promise<void> {
  log.clock.set(new Date(moment));
  for (let index = 0; index < count; index += 1)
    await log.audit.record(database.client, null, {
      ...{ action: 'organization.updated', actor: null, subject: null, organizationId },
      details: { index },
    });
  await log.sealer.seal();
}

async function runAt(moment: string): Promise<number> {
  log.clock.set(new Date(moment));
  const removed = await retention.run();
  await log.sealer.seal();
  return removed;
}

const left = (organizationId: string | null) =>
  database.client.auditEvent.findMany({ where: { organizationId }, orderBy: { sequence: 'asc' } });
const actionsLeft = async (organizationId: string | null) => (await left(organizationId)).map(({ action }) => action);

describe('SEC-58: events of the audit log', () => {
  test('are removed in the month after they were kept long enough, and the log tells of it', async () => {
    await keep(customer, 90);
    await happened('2025-03-10T12:00:00Z', customer, 3);
    await happened('2025-04-01T00:00:00Z', customer);
    expect(await runAt('2025-06-29T00:00:00Z')).toBe(0);
    expect(await runAt('2025-06-30T00:00:00Z')).toBe(3);
    const [kept, told] = await left(customer);
    expect(kept?.occurredAt).toEqual(new Date('2025-04-01T00:00:00Z'));
    expect(told).toMatchObject({
      action: 'audit.expired',
      details: { count: 3, before: '2025-04-01T00:00:00.000Z', digest: expect.stringMatching(/^[\da-f]{64}$/) },
    });
    expect(await runAt('2025-06-30T01:00:00Z')).toBe(0);
    expect(await log.verify()).toMatchObject({ ok: true, count: 2, sealed: 5, removed: 3, waiting: 0 });
  });

  test('of a customer are kept as its partner says, and else ten years, as those of nobody are', async () => {
    await keep(partner, 120);
    for (const organizationId of [partner, customer, other, null])
      await happened('2015-01-10T00:00:00Z', organizationId);
    expect(await runAt('2016-01-01T00:00:00Z')).toBe(2);
    expect(await actionsLeft(partner)).toEqual(['audit.expired']);
    expect(await actionsLeft(customer)).toEqual(['audit.expired']);
    expect(await actionsLeft(other)).toEqual(['organization.updated']);
    expect(await runAt('2025-02-01T00:00:00Z')).toBe(2);
    expect(await actionsLeft(other)).toEqual(['audit.expired']);
    expect(await actionsLeft(null)).toEqual(['audit.expired']);
    expect(await log.verify()).toMatchObject({ ok: true, removed: 4 });
  });

  test('go in parts, and what is left is proved as before', async () => {
    await keep(customer, 90);
    retention = new AuditRetention(log, 10);
    await happened('2025-01-10T00:00:00Z', customer, 25);
    await happened('2025-01-10T00:00:00Z', other, 5);
    expect(await runAt('2025-06-01T00:00:00Z')).toBe(25);
    expect(await actionsLeft(customer)).toEqual(['audit.expired', 'audit.expired', 'audit.expired']);
    expect(await log.verify({ batch: 4 })).toMatchObject({ ok: true, removed: 25, count: 8 });
    for (const { id } of await left(other))
      expect(await proveEvent(database.client, log.audit.persons, null, id)).toMatchObject({ treeSize: 33 });
  });

  test('that are not sealed yet stay, and so does what tells of an erasure', async () => {
    await keep(customer, 90);
    log.clock.set(new Date('2025-01-10'));
    const event = { actor: null, subject: null, organizationId: customer } as const;
    await log.audit.record(database.client, null, { ...event, action: 'user.erased' });
    await log.sealer.seal();
    await log.audit.record(database.client, null, { ...event, action: 'organization.updated' });
    log.clock.set(new Date('2025-06-01'));
    expect(await retention.run()).toBe(0);
    await log.sealer.seal();
    expect(await retention.run()).toBe(1);
    expect(await actionsLeft(customer)).toEqual(['user.erased', 'audit.expired']);
  });

  test('are kept 90 days at least by the clock of the database, whatever the server says', async () => {
    const recently = new Date(Date.now() - 80 * 24 * 60 * 60 * 1000).toISOString();
    await keep(customer, 90);
    await happened(recently, customer);
    await happened(recently, null);
    expect(await runAt('2100-01-01T00:00:00Z')).toBe(0);
    const [row] = await database.client.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM audit_expire(NULL, ${newId()}::uuid, now(), -1000, 10)`;
    expect(Number(row?.count)).toBe(0);
  });
});

describe('SEC-41: audit verify', () => {
  const aRemoval = async (): Promise<void> => {
    await keep(customer, 90);
    await happened('2025-01-10T00:00:00Z', customer, 3);
    await happened('2025-05-10T00:00:00Z', customer, 3);
    await runAt('2025-06-01T00:00:00Z');
    expect(await log.verify()).toMatchObject({ ok: true, removed: 3 });
  };
  const fault = async () => (await log.verify()).firstFault;

  test('tells of an event that went along with a removal', async () => {
    await aRemoval();
    await log.tamper(
      'UPDATE audit_leaves SET removal_id = (SELECT removal_id FROM audit_leaves WHERE leaf_index = 0) WHERE leaf_index = 4',
      'DELETE FROM audit_events WHERE sequence = 5',
    );
    expect(await fault()).toEqual({ reason: 'missing', sequence: 1, leafIndex: 0 });
  });

  test('tells of one that went in the place of another', async () => {
    await keep(customer, 90);
    await happened('2025-01-10T00:00:00Z', customer, 3);
    await happened('2025-05-10T00:00:00Z', customer, 3);
    await log.tamper('CREATE TABLE aside AS SELECT * FROM audit_events WHERE sequence = 3');
    await runAt('2025-06-01T00:00:00Z');
    await log.tamper(
      'INSERT INTO audit_events SELECT * FROM aside',
      'DROP TABLE aside',
      'UPDATE audit_leaves SET removal_id = (SELECT removal_id FROM audit_leaves WHERE leaf_index = 0) WHERE leaf_index = 4',
      'DELETE FROM audit_events WHERE sequence = 5',
    );
    expect(await fault()).toEqual({ reason: 'missing', sequence: 1, leafIndex: 0 });
  });

  test('tells of one that went without a removal', async () => {
    await aRemoval();
    await log.tamper('UPDATE audit_leaves SET removal_id = NULL WHERE leaf_index = 2');
    expect(await fault()).toEqual({ reason: 'missing', sequence: 3, leafIndex: 2 });
  });

  test('tells of a removal that the log does not tell of, and of what it tells otherwise', async () => {
    await aRemoval();
    await log.tamper(
      `UPDATE audit_leaves SET removal_id = '${newId()}' WHERE leaf_index = 4`,
      'DELETE FROM audit_events WHERE sequence = 5',
    );
    expect(await fault()).toEqual({ reason: 'missing', sequence: 5, leafIndex: 4 });
    await log.empty();
    await aRemoval();
    await log.tamper(`UPDATE audit_events SET details = details || '{"count": 4}' WHERE action = 'audit.expired'`);
    expect(await fault()).toEqual({ reason: 'altered', sequence: 7, leafIndex: 6 });
  });

  test('the database removes nothing for whoever asks for it in another way', async () => {
    await aRemoval();
    for (const statement of [
      'DELETE FROM audit_events',
      'UPDATE audit_leaves SET removal_id = gen_random_uuid()',
      'DELETE FROM audit_leaves',
    ])
      await expect(database.client.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });
});
