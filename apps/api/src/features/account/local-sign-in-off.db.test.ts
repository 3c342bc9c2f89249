import { passwordPolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  GOOD_PASSWORD,
  NO_CHECK,
  NOT_REQUIRED,
  TestApp,
  type TestOrganization,
  type TestUser,
} from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
let organization: TestOrganization;
let admin: Browser;

beforeAll(async () => {
  service = await TestApp.start();
  // What the customer follows is its partner's switch.
  organization = await service.customer(await service.partner());
  admin = await throughSso(await service.user({ organization, role: 'admin', access: 'read_write' }));
  const { partnerId } = await service.db.organization.findUniqueOrThrow({ where: { id: organization.id } });
  await service.db.organization.update({ where: { id: partnerId ?? '' }, data: { localSignInEnabled: false } });
});
afterAll(() => service.stop());

const NEW_PASSWORD = 'quarry lantern thistle 9';

/** A session that began at a provider, of a user who has a password from before. */
async function throughSso(user: TestUser): Promise<Browser> {
  const { partnerId } = await service.db.organization.findUniqueOrThrow({ where: { id: user.organization.id } });
  const switchTo = (localSignInEnabled: boolean) =>
    service.db.organization.update({ where: { id: partnerId ?? '' }, data: { localSignInEnabled } });
  await switchTo(true);
  const browser = await service.signIn(user);
  await service.db.session.updateMany({ where: { userId: user.id }, data: { method: 'sso' } });
  await switchTo(false);
  return browser;
}

const refused = { status: 403, body: { code: 'local_sign_in_disabled' } };

describe('SEC-6: where local sign-in is off, no route makes or changes a local credential', () => {
  test('a password is not changed', async () => {
    const user = await service.user({ organization });
    const browser = await throughSso(user);
    const { passwordHash } = await service.db.localCredential.findUniqueOrThrow({ where: { userId: user.id } });
    const change = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD };
    expect(await browser.post('/me/password', change)).toMatchObject(refused);
    const after = await service.db.localCredential.findUniqueOrThrow({ where: { userId: user.id } });
    expect(after.passwordHash).toBe(passwordHash);
  });

  test('an authenticator is not enrolled, and the user is told why', async () => {
    const user = await service.user({ organization });
    const browser = await throughSso(user);
    const reason = { enabled: false, canEnroll: false, reason: 'local_sign_in_disabled', ...NOT_REQUIRED };
    expect((await browser.get('/me/mfa')).body).toEqual({ ...reason, ...NO_CHECK, factors: [] });
    expect((await browser.get('/me')).body.mfa).toEqual(reason);
    expect(await browser.post('/me/mfa/totp')).toMatchObject(refused);
    expect(await service.db.pendingEnrollment.count({ where: { userId: user.id } })).toBe(0);
  });

  test('an enrolment that was begun before is not confirmed', async () => {
    const own = await service.customer(await service.partner());
    const user = await service.user({ organization: own });
    const browser = await service.signIn(user);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    await service.db.session.updateMany({ where: { userId: user.id }, data: { method: 'sso' } });
    await service.db.organization.update({ where: { id: own.id }, data: { localSignInEnabled: false } });
    const proofs = { password: GOOD_PASSWORD, code: service.code(secret) };
    expect(await browser.post('/me/mfa/totp/confirm', proofs)).toMatchObject(refused);
    expect(await service.db.totpAuthenticator.count({ where: { userId: user.id } })).toBe(0);
  });

  test('no user is created with a password', async () => {
    const email = `with-password-${organization.slug}@example.com`;
    const input = { email, name: 'Mia', organizationId: organization.id, role: 'member', access: 'read_only' };
    expect(await admin.post('/users', { ...input, password: NEW_PASSWORD })).toMatchObject(refused);
    expect(await service.db.user.count({ where: { email } })).toBe(0);
  });

  test('the invitation leads to single sign-on, by a mail without a token', async () => {
    const email = `invited-${organization.slug}@example.com`;
    const input = { email, name: 'Mia', organizationId: organization.id, role: 'member', access: 'read_only' };
    const created = await admin.post('/users', input);
    expect(created).toMatchObject({ status: 201, body: { status: 'invited' } });
    expect((await admin.post(`/users/${created.body.id}/invitation`)).status).toBe(204);
    expect(await service.db.emailedToken.count({ where: { userId: created.body.id } })).toBe(0);
    const texts = await service.mailTextsTo(email);
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toMatch(/single sign-on/);
      expect(text).not.toMatch(/token=/);
    }
  });

  test('an invitation that was sent before is not accepted', async () => {
    const user = await service.user({ organization, status: 'invited', password: null });
    const { emailedTokens } = service.services;
    const token = await service.resources.database.transaction((tx) => emailedTokens.issue(tx, user.id, 'invitation'));
    const accepted = await service.browser().post('/auth/invitation/accept', { token, password: NEW_PASSWORD });
    expect(accepted).toMatchObject(refused);
    expect(await service.db.localCredential.count({ where: { userId: user.id } })).toBe(0);
  });
});

describe('SEC-6: a right password that is of no use is counted and audited like a wrong one', () => {
  test('of the account', async () => {
    const user = await service.user({ organization });
    const attempt = () => service.browser().post('/auth/login', { email: user.email, password: user.password });
    for (let i = 0; i < passwordPolicy.freeAttempts; i++) expect(await attempt()).toMatchObject(refused);
    expect((await attempt()).body.code).toBe('too_many_attempts');
    const events = await service.db.auditEvent.findMany({
      where: { subjectId: user.id, action: 'session.sign_in_failed' },
    });
    expect(events).toHaveLength(passwordPolicy.freeAttempts);
    expect(events[0]).toMatchObject({ outcome: 'failure', details: { reason: 'local_sign_in_disabled' } });
  });

  test('of the source', async () => {
    const address = '203.0.113.66';
    const failed: string[] = [];
    const { limiter } = service.resources;
    const fail = limiter.fail.bind(limiter);
    limiter.fail = async (source) => {
      failed.push(source);
      await fail(source);
    };
    const { email, password } = await service.user({ organization });
    expect(await service.browser({ address }).post('/auth/login', { email, password })).toMatchObject(refused);
    limiter.fail = fail;
    expect(failed).toEqual([address]);
  });
});
