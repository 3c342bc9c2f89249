import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { addPasskey } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

const READ_ONLY_ADMIN = { role: 'admin', access: 'read_only' } as const;

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let admin: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  partner = await service.partner();
  customer = await service.customer(partner);
  admin = await service.signIn(await service.user({ organization: customer, ...READ_ONLY_ADMIN }));
});
afterAll(() => service.stop());

const securityOf = (user: TestUser, by = admin) => by.get(`/users/${user.id}/security`);
const WRONG = { method: 'totp', code: '000000' };
const NONE = { failures: 0, blockedUntil: null };

test('a user without MFA who never signed in', async () => {
  const user = await service.user({ organization: customer });
  expect(await securityOf(user)).toMatchObject({
    status: 200,
    body: {
      mfa: null,
      policy: { required: false, phishingResistant: false },
      mustEnroll: false,
      attempts: { password: NONE, secondFactor: NONE, passkey: NONE, reauthentication: NONE },
      liveSessions: 0,
      lastSeenAt: null,
      rememberedDevices: 0,
    },
  });
});

test('factors with their last use, backup codes that are left, sessions: and no secret', async () => {
  const { user, browser, secret, backupCodes } = await service.enrolledUser({ organization: customer });
  await addPasskey(browser, new SoftwareAuthenticator());
  service.clock.advance({ seconds: 60 });
  const other = service.browser();
  await other.post('/auth/login', { email: user.email, password: user.password });
  expect((await other.post('/auth/login/mfa', { method: 'backup_code', code: backupCodes[0] })).status).toBe(200);

  const { body } = await securityOf(user);
  expect(body.mfa.factors.map(({ kind }: { kind: string }) => kind)).toEqual(['totp', 'passkey']);
  expect(body).toMatchObject({ mfa: { backupCodesRemaining: 9 }, liveSessions: 2, rememberedDevices: 0 });
  const text = JSON.stringify(body);
  for (const hidden of [secret, ...backupCodes, 'hash', 'token']) expect(text).not.toContain(hidden);
});

describe('what failed', () => {
  test('is told by what was tried, for a day from the first', async () => {
    const { user, browser } = await service.enrolledUser({ organization: customer });
    const outside = service.browser();
    await outside.post('/auth/login', { email: user.email, password: 'wrong' });
    await outside.post('/auth/login', { email: user.email, password: user.password });
    await outside.post('/auth/login/mfa', WRONG);
    await outside.post('/auth/login/mfa', WRONG);
    await browser.post('/me/mfa/disable', { password: 'wrong', code: '000000' });
    expect((await securityOf(user)).body.attempts).toEqual({
      password: { failures: 1, blockedUntil: null },
      secondFactor: { failures: 2, blockedUntil: null },
      passkey: NONE,
      reauthentication: { failures: 1, blockedUntil: null },
    });
    service.clock.advance({ hours: 24 });
    const later = await service.signIn(await service.user({ organization: customer, ...READ_ONLY_ADMIN }));
    expect((await securityOf(user, later)).body.attempts).toEqual({
      ...{ password: NONE, secondFactor: NONE, passkey: NONE, reauthentication: NONE },
    });
    admin = later;
  });

  test('and until when nothing is judged', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const outside = service.browser();
    let until: string | undefined;
    while (until === undefined) {
      await outside.post('/auth/login', { email: user.email, password: user.password });
      until = (await outside.post('/auth/login/mfa', WRONG)).body.next.until;
    }
    expect((await securityOf(user)).body.attempts.secondFactor).toEqual({ failures: 10, blockedUntil: until });
  });
});

test('what is required and who asks for it, and whether the next sign-in stops at it', async () => {
  const strict = await service.partner({ mfaRequired: 'everybody', mfaGraceDays: 5 });
  const under = await service.customer(strict);
  const user = await service.user({ organization: under });
  const theirs = await service.enrolledUser({ organization: under, ...READ_ONLY_ADMIN });
  const before = await securityOf(user, theirs.browser);
  expect(before.body).toMatchObject({ policy: { required: true, askedBy: strict.name }, mustEnroll: false });
  expect(before.body.policy.graceEndsAt).toBeDefined();
  await service.db.organization.update({ where: { id: strict.id }, data: { mfaGraceDays: 0 } });
  expect((await securityOf(user, theirs.browser)).body).toMatchObject({ mustEnroll: true });
});

describe('SEC-40: who sees it', () => {
  test('admins of the organization and of its partner', async () => {
    const user = await service.user({ organization: customer });
    const above = await service.signIn(await service.user({ organization: partner, ...READ_ONLY_ADMIN }));
    expect((await securityOf(user, above)).status).toBe(200);
  });

  test('nobody else', async () => {
    const user = await service.user({ organization: customer, password: GOOD_PASSWORD });
    const member = await service.signIn(user);
    expect((await securityOf(user, member)).body.code).toBe('forbidden');
    const elsewhere = await service.customer(partner);
    const beside = await service.signIn(await service.user({ organization: elsewhere, ...READ_ONLY_ADMIN }));
    expect((await securityOf(user, beside)).body.code).toBe('not_found');
    const above = await service.user({ organization: partner });
    expect((await securityOf(above)).body.code).toBe('not_found');
  });
});
