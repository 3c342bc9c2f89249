import { verifyAuditProof } from '@sallyport/testkit/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { everythingStored } from '../../testing/everything-stored.ts';
import { verifyLog } from '../audit/index.ts';
import { KeyRotationService } from '../key-rotation/index.ts';
import { passwordAttemptKey } from '../users/index.ts';

let service: TestApp;
let organization: TestOrganization;
let boss: TestUser;
let admin: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  organization = await service.customer(await service.partner());
  boss = await service.user({ organization, role: 'admin', access: 'read_write' });
  admin = await service.signIn(boss);
});
afterAll(() => service.stop());

const erase = (user: TestUser, by = admin) => by.post(`/users/${user.id}/erase`, { email: user.email });
const verify = () => verifyLog(service.db, { keyring: service.resources.keyring });
const eventsOf = async (user: TestUser) => (await admin.get(`/audit-events?userId=${user.id}&limit=100`)).body.items;

/** A person who did things, and to whom an admin did some; all of it sealed. */
async function somebody(): Promise<{ user: TestUser; browser: Browser }> {
  const user = await service.user({ organization, name: 'Before' });
  const browser = await service.signIn(user);
  await admin.patch(`/users/${user.id}`, { name: 'Erika Mustermann' });
  await service.browser().post('/auth/login', { email: user.email, password: 'wrong' });
  await service.services.sealer.seal();
  return { user, browser };
}

describe('a person who is erased', () => {
  test('is gone from every table, while the log is whole and its proofs hold', async () => {
    const { user, browser } = await somebody();
    const before = await eventsOf(user);
    expect(before.map(({ action }: { action: string }) => action)).toEqual([
      ...['session.sign_in_failed', 'user.updated', 'session.signed_in'],
    ]);
    expect(before[1]).toMatchObject({
      subject: { name: user.email },
      details: { name: ['Before', 'Erika Mustermann'] },
    });
    // In the log nothing of it lies in clear text even before.
    const rows = await service.db.auditEvent.findMany({ where: { subjectId: user.id } });
    const log = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    for (const word of [user.email, 'Mustermann']) expect(log).not.toContain(word);
    const proofBefore = (await admin.get(`/audit-events/${before[1].id}/proof`)).body;
    const keys = (await admin.get('/audit-keys')).body;
    expect(await verifyAuditProof({ event: before[1], proof: proofBefore, keys })).toEqual({ ok: true });

    expect((await erase(user)).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await browser.post('/auth/refresh')).status).toBe(401);
    const login = await service.browser().post('/auth/login', { email: user.email, password: user.password });
    expect(login.body.code).toBe('invalid_credentials');
    expect(await service.mailsTo(user.email)).toEqual(['Your account was erased']);
    expect(await everythingStored(service.db)).not.toContain(user.email);
    expect(await everythingStored(service.db)).not.toContain('Mustermann');

    const after = await eventsOf(user);
    const erased = { id: user.id, name: '', erased: true };
    expect(after[0]).toMatchObject({
      action: 'user.erased',
      actor: { name: boss.email },
      subject: erased,
      details: {},
    });
    expect(after[1]).toMatchObject({
      action: 'session.sign_in_failed',
      subject: erased,
      address: null,
      userAgent: null,
    });
    // What is said of others stays.
    expect(after[2]).toMatchObject({ actor: { name: boss.email }, subject: erased, address: '192.0.2.1', details: {} });
    expect(after[3]).toMatchObject({ actor: erased, subject: erased, address: null });

    await service.services.sealer.seal();
    expect(await verify()).toMatchObject({ ok: true, erased: 4, keptLeaves: 0, waiting: 0 });
    for (const event of after) {
      const proof = (await admin.get(`/audit-events/${event.id}/proof`)).body;
      expect(await verifyAuditProof({ event, proof, keys })).toEqual({ ok: true });
      expect(
        await verifyAuditProof({ event: { ...event, outcome: 'failure', action: 'seed.applied' }, proof, keys }),
      ).toEqual({
        ok: false,
        reason: 'not_included',
      });
    }
  });

  test('cannot be one whom the log says nothing of: a key that is gone without an erasure is told', async () => {
    const { user } = await somebody();
    await service.db.personKey.delete({ where: { userId: user.id } });
    const { firstFault } = await verify();
    expect(firstFault).toMatchObject({ reason: 'key_missing' });
    expect((await erase(user)).status).toBe(204);
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('is taken out of events of before, which lie in clear text, by their leaf alone', async () => {
    const users = await Promise.all([service.user({ organization }), service.user({ organization })]);
    const [user, other] = users;
    const now = service.clock.now();
    for (const { id, email } of users) {
      await service.db.$executeRaw`
        INSERT INTO audit_events (id, occurred_at, action, outcome, actor_id, actor_name, subject_id, subject_name,
          organization_id, address, user_agent, details)
        VALUES (${newId()}::uuid, ${now}::timestamptz, 'user.updated', 'success', ${id}::uuid, ${email}, ${id}::uuid,
          ${email}, ${organization.id}::uuid, '192.0.2.7', 'Old browser', '{"name": ["A", "Mustermann"]}')`;
    }
    await service.db.$executeRaw`
      INSERT INTO audit_events (id, occurred_at, action, outcome, actor_name, organization_id, details)
      VALUES (${newId()}::uuid, ${now}::timestamptz, 'users.imported', 'success', 'operator: users import',
        ${organization.id}::uuid, ${JSON.stringify({ count: 2, emails: users.map(({ email }) => email) })}::jsonb)`;
    await service.services.sealer.seal();
    const keys = (await admin.get('/audit-keys')).body;
    const judged = async () => {
      const [event] = (await eventsOf(user)).filter(({ action }: { action: string }) => action === 'user.updated');
      const proof = (await admin.get(`/audit-events/${event.id}/proof`)).body;
      return verifyAuditProof({ event, proof, keys });
    };
    expect(await judged()).toEqual({ ok: true });
    const before = await verify();
    expect(before).toMatchObject({ ok: true, keptLeaves: 0 });

    expect((await erase(user)).status).toBe(204);
    expect(await everythingStored(service.db)).not.toContain(user.email);
    await service.services.sealer.seal();
    expect(await verify()).toMatchObject({ ok: true, keptLeaves: 2, count: before.count + 1 });
    expect(await judged()).toEqual({ ok: false, reason: 'erased' });

    // Of who was not erased nothing may be missing.
    await service.db.$executeRaw`SELECT audit_forget(${other.id}::uuid, ${other.email}, ${organization.id}::uuid)`;
    expect((await verify()).firstFault).toMatchObject({ reason: 'altered' });
    expect((await erase(other)).status).toBe(204);
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('is not oneself, the last admin, or another than was typed', async () => {
    expect((await erase(boss)).body).toMatchObject({ status: 403, code: 'forbidden' });
    const operator = service.services.personalDataErasure;
    await expect(operator.byOperator(boss.email)).rejects.toMatchObject({ code: 'last_admin' });
    await expect(operator.byOperator('nobody@nowhere.example')).rejects.toMatchObject({ code: 'not_found' });
    const { user } = await somebody();
    const mistyped = await admin.post(`/users/${user.id}/erase`, { email: boss.email });
    expect(mistyped.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/email' }] });
    expect((await admin.get(`/users/${user.id}`)).status).toBe(200);
  });

  test('loses the mails that wait, its counts, and what connections say of its tries', async () => {
    const { user } = await somebody();
    const connection = await service.workingConnection(organization);
    await service.db.ssoConnection.update({
      where: { id: connection.id },
      data: { lastTest: { at: '2026-03-01T12:00:00Z', testedBy: user.email, account: null } },
    });
    await service.resources.mail.enqueue(service.db, { to: user.email, subject: 'Old news', text: '', html: '' });
    const counted = () => service.db.attemptCount.count({ where: { key: passwordAttemptKey(user.email) } });
    expect(await counted()).toBe(1);
    await service.services.personalDataErasure.byOperator(user.id);
    expect(await service.mailsTo(user.email)).toEqual(['Your account was erased']);
    expect(await everythingStored(service.db)).not.toContain(user.email);
    expect(await counted()).toBe(0);
  });
});

describe('an erasure beside something else', () => {
  test('a sign-in is before it or refused, and opens nothing afterwards', async () => {
    for (let round = 0; round < 3; round += 1) {
      const user = await service.user({ organization });
      const browser = service.browser();
      const [answer, { status }] = await Promise.all([
        browser.post('/auth/login', { email: user.email, password: user.password }),
        erase(user),
      ]);
      expect(status).toBe(204);
      expect([200, 401]).toContain(answer.status);
      expect((await browser.get('/me')).status).toBe(401);
      expect(await service.db.session.count({ where: { userId: user.id } })).toBe(0);
      expect(await service.db.personKey.count({ where: { userId: user.id } })).toBe(0);
    }
    await service.services.sealer.seal();
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('the sealer seals what is left', async () => {
    const user = await service.user({ organization });
    await service.signIn(user);
    await Promise.all([service.services.sealer.seal(), erase(user)]);
    await service.services.sealer.seal();
    expect(await verify()).toMatchObject({ ok: true, waiting: 0 });
  });

  test('a rotation of the encryption keys brings no key back', async () => {
    const { user } = await somebody();
    const rotation = new KeyRotationService({ ...service.resources, audit: service.services.audit });
    await Promise.all([rotation.rotate(), erase(user)]);
    expect(await service.db.personKey.count({ where: { userId: user.id } })).toBe(0);
    await service.services.sealer.seal();
    expect(await verify()).toMatchObject({ ok: true });
  });
});
