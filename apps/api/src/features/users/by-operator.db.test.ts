import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp } from '../../testing/app.ts';
import { mailsTo } from '../../testing/mails.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const operator = () => service.services.usersByOperator;
const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get('token');
const accept = (link: string) =>
  service.browser().post('/auth/invitation/accept', { token: tokenOf(link), password: GOOD_PASSWORD });
const eventsOf = (userId: string) =>
  service.db.auditEvent.findMany({ where: { subjectId: userId }, orderBy: { sequence: 'asc' } });

describe('the first admin of an organization', () => {
  test('chooses a password with the link that the operator hands over, and no mail holds it', async () => {
    const organization = await service.partner();
    const email = `first@${organization.slug}.example`;
    const invitation = { email: ` First@${organization.slug}.EXAMPLE`, name: 'First', organization: organization.slug };
    const dead = await operator().inviteAdmin(invitation);
    const link = await operator().inviteAdmin(invitation);
    expect(await mailsTo(service, email)).toEqual([]);
    expect((await accept(dead)).body.code).toBe('invalid_token');
    expect((await accept(link)).status).toBe(204);
    expect((await accept(link)).body.code).toBe('invalid_token');
    const { body } = await service.browser().post('/auth/login', { email, password: GOOD_PASSWORD });
    expect(body.user).toMatchObject({
      email,
      role: 'admin',
      access: 'read_write',
      organization: { id: organization.id },
    });
    const events = await eventsOf(body.user.id);
    expect(events.slice(0, 2).map(({ action, actorName }) => [action, actorName])).toEqual([
      ['user.created', 'operator: users invite-admin'],
      ['invitation.sent', 'operator: users invite-admin'],
    ]);
    // Who has a password signs in with it.
    await expect(operator().inviteAdmin(invitation)).rejects.toMatchObject({ code: 'email_taken' });
  });

  test('is nobody of another organization, nobody with fewer rights, and nobody where passwords are of no use', async () => {
    const organization = await service.partner();
    const member = await service.user({ organization, status: 'invited', password: null });
    const other = await service.user({ role: 'admin', access: 'read_write', status: 'invited', password: null });
    for (const { email } of [member, other]) {
      await expect(operator().inviteAdmin({ email, name: 'X', organization: organization.slug })).rejects.toMatchObject(
        { code: 'email_taken' },
      );
    }
    const off = await service.partner({ localSignInEnabled: false });
    const invitation = { email: 'x@off.example', name: 'X', organization: off.slug };
    await expect(operator().inviteAdmin(invitation)).rejects.toMatchObject({ code: 'local_sign_in_disabled' });
    await expect(operator().inviteAdmin({ ...invitation, organization: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(operator().inviteAdmin({ ...invitation, email: 'no address' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('SEC-3: unlock', () => {
  test('lifts the pause of an address and of a known browser, tells the user and the log', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const guess = (from = service.browser()) => from.post('/auth/login', { email: user.email, password: 'wrong' });
    for (const from of [service.browser(), browser]) for (let count = 0; count < 10; count += 1) await guess(from);
    const right = { email: user.email, password: user.password };
    expect((await service.browser().post('/auth/login', right)).status).toBe(429);
    expect((await browser.post('/auth/login', right)).status).toBe(429);

    await operator().unlock(user.email.toUpperCase());
    expect((await service.browser().post('/auth/login', right)).status).toBe(200);
    expect((await browser.post('/auth/login', right)).status).toBe(200);
    expect((await mailsTo(service, user.email)).at(-1)?.subject).toBe('You can sign in again at once');
    const events = await eventsOf(user.id);
    expect(events.filter(({ action }) => action === 'user.unlocked')).toMatchObject([
      { actorName: 'operator: users unlock', organizationId: user.organization.id },
    ]);
  });

  test('lifts the pause of the second step, and of proofs within a session', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    for (let count = 0; count < 10; count += 1) {
      await browser.post('/me/mfa/disable', { password: user.password, code: '000000' });
    }
    service.clock.advance({ seconds: 60 });
    await browser.post('/auth/refresh');
    const disable = () => browser.post('/me/mfa/disable', { password: user.password, code: service.code(secret) });
    expect((await disable()).status).toBe(429);
    await operator().unlock(user.email);
    expect((await disable()).status).toBe(204);
  });

  test('is for users that are there', async () => {
    await expect(operator().unlock('nobody@nowhere.example')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('sessions end', () => {
  test('ends sessions and half-done sign-ins, once, and tells the user and the log', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = service.browser();
    await pending.post('/auth/login', { email: user.email, password: user.password });
    expect(await operator().endSessions(user.email)).toBe(1);
    expect((await browser.get('/me')).status).toBe(401);
    const late = await pending.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(late.body.code).toBe('challenge_expired');
    expect((await mailsTo(service, user.email)).at(-1)?.subject).toBe('You were signed out everywhere');
    expect(await operator().endSessions(user.email)).toBe(0);
    const ended = (await eventsOf(user.id)).filter(({ action }) => action === 'session.revoked');
    expect(ended).toMatchObject([{ actorName: 'operator: sessions end', details: { count: 1 } }]);
  });
});

test('sessions end --all ends those of everybody, half-done sign-ins too, mails nobody, and is one event', async () => {
  const { user, browser, secret } = await service.enrolledUser();
  const other = await service.user();
  const others = await service.signIn(other);
  const pending = service.browser();
  await pending.post('/auth/login', { email: user.email, password: user.password });
  const mails = (await mailsTo(service, user.email)).length;
  const count = await operator().endAllSessions();
  expect(count).toBeGreaterThanOrEqual(2);
  for (const ended of [browser, others]) {
    expect((await ended.get('/me')).status).toBe(401);
    expect((await ended.post('/auth/refresh')).status).toBe(401);
  }
  const late = await pending.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
  expect(late.body.code).toBe('challenge_expired');
  expect(await mailsTo(service, user.email)).toHaveLength(mails);
  expect(await service.db.auditEvent.findMany({ where: { actorName: 'operator: sessions end --all' } })).toMatchObject([
    { action: 'session.revoked', organizationId: null, subjectId: null, details: { count } },
  ]);
});
