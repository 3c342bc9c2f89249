import { effectiveSettings, FOLLOWS_ALL, MFA_REQUIREMENTS, type OwnSettings } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { addPasskey } from '../../testing/passkeys.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const DAY_SECONDS = 24 * 60 * 60;

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
});
beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
});
afterAll(() => service.stop());

type Required = Partial<Pick<OwnSettings, 'mfaRequired' | 'mfaGraceDays'>>;

/** As an admin who has a second factor changes it. */
async function require(organization: TestOrganization, changes: Required) {
  const { browser } = await service.enrolledUser({ organization: partner, ...READ_WRITE });
  return browser.patch(`/organizations/${organization.id}/settings`, changes);
}

const logIn = async ({ email, password }: TestUser, browser = service.browser()) => ({
  browser,
  answer: await browser.post('/auth/login', { email, password }),
});
const policyOf = async (browser: Browser) => (await browser.get('/me/mfa')).body.policy;
const daysFromNow = (days: number) => new Date(service.clock.now().getTime() + days * DAY_SECONDS * 1000).toISOString();
const stopped = { status: 403, body: { code: 'mfa_enrollment_required', next: { action: 'enroll' } } };
const isOpen = async (browser: Browser) => (await browser.get('/me/sessions')).status === 200;

describe('where nothing is required', () => {
  test('everybody comes in, and is told so', async () => {
    const { answer, browser } = await logIn(await service.user({ organization: customer }));
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'authenticated', user: { mfa: { mustEnroll: false } } },
    });
    expect(await policyOf(browser)).toEqual({ required: false, phishingResistant: false });
  });

  test('of members, admins are asked alone', async () => {
    await require(customer, { mfaRequired: 'admins', mfaGraceDays: 0 });
    const member = await logIn(await service.user({ organization: customer }));
    expect(member.answer.body.status).toBe('authenticated');
    expect((await policyOf(member.browser)).required).toBe(false);
    const admin = await logIn(await service.user({ organization: customer, role: 'admin' }));
    expect(admin.answer.body.status).toBe('enrollment_required');
  });
});

describe('the grace', () => {
  test('begins with the first sign-in since it is required, and says when it ends', async () => {
    const user = await service.user({ organization: customer });
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 7 });
    service.clock.advance({ seconds: 30 * DAY_SECONDS });
    const first = await logIn(user);
    const graceEndsAt = daysFromNow(7);
    expect(first.answer.body.status).toBe('authenticated');
    const policy = { required: true, phishingResistant: false, askedBy: customer.name, graceEndsAt };
    expect(await policyOf(first.browser)).toEqual(policy);
    expect(first.answer.body.user.mfa.policy).toEqual(policy);

    service.clock.advance({ seconds: 7 * DAY_SECONDS - 1 });
    const last = await logIn(user);
    expect(last.answer.body.status).toBe('authenticated');
    expect(await policyOf(last.browser)).toEqual(policy);
    expect(await isOpen(last.browser)).toBe(true);

    service.clock.advance({ seconds: 1 });
    expect(await last.browser.get('/me/sessions')).toMatchObject(stopped);
    expect((await logIn(user)).answer.body.status).toBe('enrollment_required');
  });

  test('of a session from before counts from its sign-in', async () => {
    const { browser } = await logIn(await service.user({ organization: customer }));
    const graceEndsAt = daysFromNow(7);
    service.clock.advance({ seconds: 60 });
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 7 });
    expect(await policyOf(browser)).toMatchObject({ required: true, graceEndsAt });
    expect(await isOpen(browser)).toBe(true);
  });

  test('begins anew once the user came in while nothing was required', async () => {
    const user = await service.user({ organization: customer });
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 1 });
    await logIn(user);
    service.clock.advance({ seconds: 2 * DAY_SECONDS });
    expect((await logIn(user)).answer.body.status).toBe('enrollment_required');
    await require(customer, { mfaRequired: 'nobody' });
    await logIn(user);
    await require(customer, { mfaRequired: 'everybody' });
    const { answer, browser } = await logIn(user);
    expect(answer.body.status).toBe('authenticated');
    expect((await policyOf(browser)).graceEndsAt).toBe(daysFromNow(1));
  });

  test('follows a change of its days', async () => {
    const user = await service.user({ organization: customer });
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 10 });
    const { browser } = await logIn(user);
    service.clock.advance({ seconds: 60 });
    await require(customer, { mfaGraceDays: 0 });
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    await require(customer, { mfaGraceDays: 1 });
    expect(await isOpen(browser)).toBe(true);
  });

  test.runIf(testDatabaseKind() === 'postgres')('of sign-ins at once begins with the first of them', async () => {
    const user = await service.user({ organization: customer });
    // Strangers take turns; a browser that was here before has a way of its own.
    const { browser: known } = await logIn(user);
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 7 });
    const began = service.clock.now();
    const row = { text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', values: [user.id] };
    const url = databaseUrl(service.resources.database);
    await whileHeld(url, row, 2, async (arrived) => {
      const first = logIn(user);
      await arrived(1);
      service.clock.advance({ seconds: 5 });
      return [first, logIn(user, known)];
    });
    const { mfaGraceFrom } = await service.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(mfaGraceFrom).toEqual(began);
  });
});

describe('once the grace is over', () => {
  async function restricted(options: { role?: 'admin' } = {}) {
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    const user = await service.user({ organization: customer, access: 'read_write', ...options });
    return { user, ...(await logIn(user)) };
  }

  test('the sign-in says so, with the user and until when', async () => {
    const { answer, browser, user } = await restricted();
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'enrollment_required',
        user: { id: user.id, mfa: { enabled: false, canEnroll: true, mustEnroll: true } },
        expiresAt: expect.any(String),
      },
    });
    const session = await service.db.session.findFirstOrThrow({ where: { userId: user.id } });
    expect(answer.body.expiresAt).toBe(session.expiresAt.toISOString());
    expect(answer.body.user.mfa.policy).toEqual({ required: true, phishingResistant: false, askedBy: customer.name });
    const { detail } = (await browser.get('/me/sessions')).body;
    expect(detail).toContain(customer.name);
  });

  test('the same device goes on whole after an enrolment, by an app', async () => {
    const { browser } = await restricted();
    expect(await isOpen(browser)).toBe(false);
    const before = (await browser.get('/me')).body.session.id;
    const { backupCodes } = await service.enroll(browser);
    expect(backupCodes).toHaveLength(10);
    expect(await isOpen(browser)).toBe(true);
    const { mfa, session } = (await browser.get('/me')).body;
    expect({ mustEnroll: mfa.mustEnroll, aal: session.aal, same: session.id === before }).toEqual({
      mustEnroll: false,
      aal: 2,
      same: false,
    });
  });

  test('or by a passkey', async () => {
    const { browser } = await restricted();
    expect((await addPasskey(browser, new SoftwareAuthenticator())).status).toBe(201);
    expect(await isOpen(browser)).toBe(true);
  });

  test('another sign-in takes the second step, and is no enrolment', async () => {
    const { browser, user } = await restricted();
    const { secret } = await service.enroll(browser);
    const { answer, browser: other } = await logIn(user);
    expect(answer.body.status).toBe('mfa_required');
    const done = await other.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(done.body).toMatchObject({ status: 'authenticated', user: { mfa: { mustEnroll: false } } });
    expect(await isOpen(other)).toBe(true);
  });

  test('a refresh makes it no more than it is', async () => {
    const { browser } = await restricted();
    expect((await browser.post('/auth/refresh')).status).toBe(204);
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
  });

  test('a step-up is none of what opens', async () => {
    const { browser } = await restricted();
    expect(await browser.post('/auth/step-up', { password: GOOD_PASSWORD })).toMatchObject(stopped);
  });

  test('the user may sign out', async () => {
    const { browser } = await restricted();
    expect((await browser.post('/auth/logout')).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(401);
  });

  test('sessions from before are restricted at once, and whole again when it is no longer required', async () => {
    const { browser } = await logIn(await service.user({ organization: customer }));
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    await require(customer, { mfaRequired: 'nobody' });
    expect(await isOpen(browser)).toBe(true);
  });

  test('whoever switches it on for itself is led into enrolment, and locked out of nothing', async () => {
    const { browser } = await logIn(await service.user({ organization: customer, ...READ_WRITE }));
    const path = `/organizations/${customer.id}/settings`;
    const changed = await browser.patch(path, { mfaRequired: 'admins', mfaGraceDays: 0 });
    expect(changed).toMatchObject({ status: 200, body: { mfaRequired: 'admins', mfaGraceDays: 0 } });
    expect(await browser.get(path)).toMatchObject(stopped);
    await service.enroll(browser);
    expect((await browser.get(path)).status).toBe(200);
  });

  test('another role brings the requirement along', async () => {
    await require(customer, { mfaRequired: 'admins', mfaGraceDays: 0 });
    const user = await service.user({ organization: customer });
    const { browser } = await logIn(user);
    await service.db.user.update({ where: { id: user.id }, data: { role: 'admin' } });
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
  });

  test.runIf(testDatabaseKind() === 'postgres')('a sign-in that was under way opens no more than others', async () => {
    const user = await service.user({ organization: customer });
    const row = { text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', values: [user.id] };
    const url = databaseUrl(service.resources.database);
    const [signedIn] = await whileHeld(
      url,
      row,
      1,
      () => [logIn(user)],
      () => require(customer, { mfaRequired: 'everybody', mfaGraceDays: 0 }),
    );
    expect(signedIn?.answer.status).toBe(200);
    expect(await signedIn?.browser.get('/me/sessions')).toMatchObject(stopped);
  });
});

describe('when MFA goes off', () => {
  test('by an admin, the next sign-in leads into enrolment, whatever days there are', async () => {
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 90 });
    const { user } = await service.enrolledUser({ organization: customer });
    const admin = await service.enrolledUser({ organization: customer, ...READ_WRITE });
    expect((await admin.browser.patch(`/users/${user.id}`, { mfaEnabled: false })).status).toBe(200);
    const { answer, browser } = await logIn(user);
    expect(answer.body.status).toBe('enrollment_required');
    await service.enroll(browser);
    expect(await isOpen(browser)).toBe(true);
  });

  test.each(['disabled', 'removed'])('by the user (%s), so does the session', async (how) => {
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 90 });
    const { browser, secret } = await service.enrolledUser({ organization: customer });
    const path = how === 'disabled' ? '/me/mfa/disable' : '/me/mfa/totp/remove';
    const off = await browser.post(path, { password: GOOD_PASSWORD, code: service.code(secret) });
    expect(off.status).toBe(204);
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
  });
});

describe('nothing is asked', () => {
  test('of users without a password, nor of sessions that began at a provider', async () => {
    await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 90 });
    const connection = await service.workingConnection(customer);
    const user = await service.user({ organization: customer });
    const browser = await service.signInThrough(connection, user);
    await require(customer, { mfaGraceDays: 0 });
    expect(await isOpen(browser)).toBe(true);
    expect(await policyOf(browser)).toMatchObject({ required: true });
    await service.db.localCredential.delete({ where: { userId: user.id } });
    expect(await isOpen(browser)).toBe(true);
    expect(await policyOf(browser)).toEqual({ required: false, phishingResistant: false });
  });
});

describe('a customer', () => {
  test('follows its partner, which is named as the one that asks', async () => {
    await require(partner, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    const { answer } = await logIn(await service.user({ organization: customer }));
    expect(answer.body).toMatchObject({
      status: 'enrollment_required',
      user: { mfa: { policy: { askedBy: partner.name } } },
    });
  });

  test('may be stricter, and is named then', async () => {
    await require(partner, { mfaRequired: 'admins', mfaGraceDays: 5 });
    expect((await require(customer, { mfaRequired: 'everybody', mfaGraceDays: 0 })).status).toBe(200);
    const { answer } = await logIn(await service.user({ organization: customer }));
    expect(answer.body).toMatchObject({
      status: 'enrollment_required',
      user: { mfa: { policy: { askedBy: customer.name } } },
    });
  });

  test.each([
    [{ mfaRequired: 'nobody' }, ['/mfaRequired']],
    [{ mfaGraceDays: 6 }, ['/mfaGraceDays']],
    [{ mfaRequired: 'nobody', mfaGraceDays: 90 }, ['/mfaRequired', '/mfaGraceDays']],
  ] as const)('and not laxer: %o', async (changes, pointers) => {
    await require(partner, { mfaRequired: 'admins', mfaGraceDays: 5 });
    const refused = await require(customer, changes);
    expect(refused).toMatchObject({ status: 422, body: { code: 'weaker_than_partner' } });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    const { browser } = await service.enrolledUser({ organization: partner, ...READ_WRITE });
    const { body } = await browser.get(`/organizations/${customer.id}/settings`);
    expect(body).toMatchObject({ mfaRequired: 'admins', mfaGraceDays: 5, own: { mfaRequired: null } });
  });

  test('whose partner comes to ask for more follows it, whatever it chose', async () => {
    await require(customer, { mfaRequired: 'nobody', mfaGraceDays: 60 });
    await require(partner, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    const { answer } = await logIn(await service.user({ organization: customer }));
    expect(answer.body.status).toBe('enrollment_required');
    // What it chose is no obstacle to other changes.
    const { browser } = await service.enrolledUser({ organization: customer, ...READ_WRITE });
    expect((await browser.patch(`/organizations/${customer.id}/settings`, { sessionIdleMinutes: 30 })).status).toBe(
      200,
    );
  });
});

test('SEC-41: who changed it, and to what, is recorded', async () => {
  const { browser } = await service.enrolledUser({ organization: customer, ...READ_WRITE });
  const changes = { mfaRequired: 'admins', mfaGraceDays: 3 };
  await browser.patch(`/organizations/${customer.id}/settings`, changes);
  const { items } = (await browser.get('/audit-events?action=settings.updated&limit=1')).body;
  expect(items).toMatchObject([{ organizationId: customer.id, outcome: 'success', details: changes }]);
});

test('the statement that reads settings merges them as the rules do', async () => {
  const values: Required[] = [null, ...MFA_REQUIREMENTS].flatMap((mfaRequired) =>
    [null, 0, 5, 14, 30].map((mfaGraceDays) => ({ mfaRequired, mfaGraceDays })),
  );
  const user = await service.user({ organization: customer });
  const { browser } = await logIn(user);
  const { id } = (await browser.get('/me')).body.session;
  const origin = { address: '192.0.2.1', userAgent: '', requestId: 'test' };
  for (const own of values) {
    await service.db.organization.update({ where: { id: customer.id }, data: own });
    for (const of of values) {
      await service.db.organization.update({ where: { id: partner.id }, data: of });
      const { mfaRequired, mfaGraceDays } = effectiveSettings({ ...FOLLOWS_ALL, ...own }, { ...FOLLOWS_ALL, ...of });
      const caller = await service.services.sessions.authenticate(id, origin);
      const { createdAt } = await service.db.session.findUniqueOrThrow({ where: { id } });
      const graceEndsAt = new Date(createdAt.getTime() + mfaGraceDays * DAY_SECONDS * 1000);
      const required = mfaRequired === 'everybody';
      expect({ own, of, policy: caller?.mfaPolicy.required, mustEnroll: caller?.mustEnroll }).toEqual({
        own,
        of,
        policy: required,
        mustEnroll: required && mfaGraceDays === 0,
      });
      if (required && mfaGraceDays > 0) expect(caller?.mfaPolicy.graceEndsAt).toEqual(graceEndsAt);
    }
  }
});
