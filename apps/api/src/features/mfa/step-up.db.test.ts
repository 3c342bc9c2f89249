import { PROOF_SECONDS, passwordPolicy } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const WRONG = 'not the password at all';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let member: TestUser;
beforeAll(async () => {
  service = await TestApp.start();
  partner = await service.partner();
});
beforeEach(async () => {
  customer = await service.customer(partner);
  member = await service.user({ organization: customer });
});
afterAll(() => service.stop());

/** Time goes by; the tab refreshes. */
async function wait(browser: Browser, seconds = PROOF_SECONDS + 1) {
  service.clock.advance({ seconds });
  await browser.post('/auth/refresh');
}

const change = (browser: Browser, name = 'Changed') => browser.patch(`/users/${member.id}`, { name });
const stepUp = (browser: Browser, body: object = { password: GOOD_PASSWORD }) => browser.post('/auth/step-up', body);
const refused = (code: string) => ({ status: 401, body: { code } });

const admin = async () => service.signIn(await service.user({ organization: customer, ...READ_WRITE }));
const eventsOf = async (action: string) =>
  service.db.auditEvent.findMany({ where: { action, organizationId: customer.id }, orderBy: { sequence: 'asc' } });

describe('SEC-43: a proof of the admin', () => {
  test('the sign-in is one, for fifteen minutes and not longer', async () => {
    const browser = await admin();
    await wait(browser, PROOF_SECONDS - 1);
    expect((await change(browser)).status).toBe(200);
    await wait(browser, 2);
    expect(await change(browser, 'Late')).toMatchObject({
      status: 401,
      body: { code: 'reauthentication_required', next: { action: 'reauthenticate', methods: [] } },
    });
    expect((await browser.get(`/users/${member.id}`)).body.name).toBe('Changed');
  });

  test('a password gives one, for fifteen minutes and not longer', async () => {
    const browser = await admin();
    await wait(browser);
    expect((await stepUp(browser)).status).toBe(204);
    await wait(browser, PROOF_SECONDS - 1);
    expect((await change(browser)).status).toBe(200);
    await wait(browser, 2);
    expect(await change(browser)).toMatchObject(refused('reauthentication_required'));
    const [event] = await eventsOf('session.stepped_up');
    expect(event).toMatchObject({ outcome: 'success', details: { secondFactor: null, sessionId: expect.any(String) } });
  });

  test('it is of one session alone, and keeps nobody signed in', async () => {
    const user = await service.user({ organization: customer, ...READ_WRITE });
    const [one, other] = [await service.signIn(user), await service.signIn(user)];
    await wait(one);
    await other.post('/auth/refresh');
    const before = await service.db.session.findMany({ where: { userId: user.id }, orderBy: { id: 'asc' } });
    expect((await stepUp(one)).status).toBe(204);
    expect((await change(one)).status).toBe(200);
    expect(await change(other)).toMatchObject(refused('reauthentication_required'));
    const after = await service.db.session.findMany({ where: { userId: user.id }, orderBy: { id: 'asc' } });
    expect(after.map(({ expiresAt }) => expiresAt)).toEqual(before.map(({ expiresAt }) => expiresAt));
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  test('whoever may not change anything is asked for none', async () => {
    const readOnly = await service.signIn(
      await service.user({ organization: customer, role: 'admin', access: 'read_only' }),
    );
    await wait(readOnly);
    expect(await change(readOnly)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('a wrong password is none: counted, audited, and blocked at the end', async () => {
    const browser = await admin();
    await wait(browser);
    for (let attempt = 0; attempt < passwordPolicy.freeAttempts; attempt += 1) {
      expect(await stepUp(browser, { password: WRONG })).toMatchObject(refused('invalid_credentials'));
    }
    expect((await stepUp(browser)).status).toBe(429);
    expect(await change(browser)).toMatchObject(refused('reauthentication_required'));
    const failures = await eventsOf('session.step_up_failed');
    expect(failures).toHaveLength(passwordPolicy.freeAttempts);
    expect(failures[0]).toMatchObject({ outcome: 'failure', details: { reason: 'invalid_credentials' } });
  });

  test('a missing password is none, and counts for nothing', async () => {
    const browser = await admin();
    await wait(browser);
    expect(await stepUp(browser, {})).toMatchObject(refused('invalid_credentials'));
    const { id } = (await browser.get('/me')).body;
    expect(await service.db.attemptCount.count({ where: { key: `reauthentication:${id}` } })).toBe(0);
    expect(await browser.post('/auth/step-up', { password: GOOD_PASSWORD, more: 1 })).toMatchObject({ status: 400 });
    expect((await service.browser().post('/auth/step-up', { password: GOOD_PASSWORD })).status).toBe(401);
  });
});

describe('SEC-43: where the admin has a second factor', () => {
  const enrolled = async () => {
    const found = await service.enrolledUser({ organization: customer, ...READ_WRITE });
    await wait(found.browser);
    return found;
  };

  test('the password alone is no proof', async () => {
    const { browser, secret } = await enrolled();
    expect((await change(browser)).body.next).toEqual({ action: 'reauthenticate', methods: ['totp', 'backup_code'] });
    expect(await stepUp(browser)).toMatchObject(refused('invalid_code'));
    expect(await change(browser)).toMatchObject(refused('reauthentication_required'));
    const wrong = { password: GOOD_PASSWORD, method: 'totp', code: '000000' };
    expect(await stepUp(browser, wrong)).toMatchObject({
      status: 401,
      body: { code: 'invalid_code', reason: 'wrong' },
    });
    const code = service.code(secret);
    expect(await stepUp(browser, { password: WRONG, code })).toMatchObject(refused('invalid_credentials'));
    expect(await change(browser)).toMatchObject(refused('reauthentication_required'));
    expect((await stepUp(browser, { password: GOOD_PASSWORD, method: 'totp', code })).status).toBe(204);
    expect((await change(browser)).status).toBe(200);
    const reasons = (await eventsOf('session.step_up_failed')).map(({ details }) => details);
    expect(reasons).toMatchObject([{ reason: 'invalid_code' }, { reason: 'invalid_credentials' }]);
  });

  test('SEC-12: a code proves once, also in parallel', async () => {
    const { browser, secret } = await enrolled();
    const proof = { password: GOOD_PASSWORD, code: service.code(secret) };
    const answers = await Promise.all(Array.from({ length: 10 }, () => stepUp(browser, proof)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await stepUp(browser, proof)).toMatchObject({ body: { code: 'invalid_code', reason: 'already_used' } });
  });

  test('SEC-13: a backup code does, and the user is told', async () => {
    const { browser, user, backupCodes } = await enrolled();
    const proof = { password: GOOD_PASSWORD, method: 'backup_code', code: backupCodes[0] };
    expect((await stepUp(browser, proof)).status).toBe(204);
    expect((await change(browser)).status).toBe(200);
    expect((await service.mailsTo(user.email)).at(-1)).toBe('A backup code was used');
    expect(await eventsOf('backup_code.used')).toMatchObject([{ details: { remaining: 9 } }]);
    expect(await eventsOf('session.stepped_up')).toMatchObject([{ details: { secondFactor: 'backup_code' } }]);
    expect(await stepUp(browser, proof)).toMatchObject({ body: { code: 'invalid_code', reason: 'already_used' } });
  });

  test('the method that is named is the one that is judged', async () => {
    const { browser, secret, backupCodes } = await enrolled();
    const as = (method: string, code: string | undefined) => stepUp(browser, { password: GOOD_PASSWORD, method, code });
    expect(await as('backup_code', service.code(secret))).toMatchObject(refused('invalid_code'));
    expect(await as('totp', backupCodes[0])).toMatchObject(refused('invalid_code'));
  });

  test('SEC-16, SEC-23: a session that did not pass it is never fresh, until it does under a new identifier', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization: customer, ...READ_WRITE });
    // As an identity provider opens it that says nothing of a second factor.
    await service.db.session.updateMany({
      where: { userId: user.id, revokedAt: null },
      data: { method: 'sso', aal: 1 },
    });
    const before = (await browser.get('/me')).body.session.id;
    const thief = browser.copy();
    expect(await change(browser)).toMatchObject(refused('reauthentication_required'));
    expect(await stepUp(browser)).toMatchObject(refused('invalid_code'));
    const proved = await stepUp(browser, { password: GOOD_PASSWORD, code: service.code(secret) });
    expect(proved.status).toBe(204);
    expect((await browser.get('/me')).body.session).toMatchObject({ method: 'sso', aal: 2 });
    expect((await browser.get('/me')).body.session.id).not.toBe(before);
    expect((await change(browser)).status).toBe(200);
    expect((await thief.get('/me')).status).toBe(401);
  });
});

describe('SEC-6: where a password opens nothing', () => {
  test('it proves nothing, and the provider is named', async () => {
    const user = await service.user({ organization: customer, ...READ_WRITE });
    const connection = await service.workingConnection(customer);
    const browser = await service.signInThrough(connection, user);
    await service.db.organization.update({ where: { id: customer.id }, data: { localSignInEnabled: false } });
    expect((await change(browser)).status).toBe(200);
    await wait(browser);
    const next = { action: 'use_sso', connectionId: connection.id };
    for (const answer of [await change(browser), await stepUp(browser), await stepUp(browser, { password: WRONG })]) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'reauthentication_required', next } });
    }
    expect(await eventsOf('session.stepped_up')).toEqual([]);
  });

  test('nor does it for who has none', async () => {
    const user = await service.user({ organization: customer, ...READ_WRITE });
    const connection = await service.workingConnection(customer);
    const browser = await service.signInThrough(connection, user);
    await service.db.localCredential.delete({ where: { userId: user.id } });
    await wait(browser);
    expect((await stepUp(browser)).body.next).toEqual({ action: 'use_sso', connectionId: connection.id });
  });
});

test('SEC-5: a proof under way when the password is reset makes nothing fresh', async () => {
  const user = await service.user({ organization: customer, ...READ_WRITE });
  const browser = await service.signIn(user);
  await wait(browser);
  const { hasher } = service.resources;
  const verify = hasher.verify.bind(hasher);
  hasher.verify = async (...given) => {
    hasher.verify = verify;
    const verdict = await verify(...given);
    await service.db.session.updateMany({ where: { userId: user.id }, data: { revokedAt: service.clock.now() } });
    return verdict;
  };
  expect(await stepUp(browser)).toMatchObject(refused('unauthenticated'));
  const [session] = await service.db.session.findMany({ where: { userId: user.id } });
  expect(session?.provedAt).toBeNull();
});
