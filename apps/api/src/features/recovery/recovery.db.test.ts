import { RECOVERY_ADDRESS_SECONDS, RECOVERY_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const HOURS = 24;
const NEW_PASSWORD = 'quarry lantern thistle 9';
const PASS = /\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b/;

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let boss: TestUser;

beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

beforeEach(async () => {
  partner = await service.partner({ recoveryDelayHours: HOURS });
  customer = await service.customer(partner);
  boss = await service.user({ organization: customer, ...READ_WRITE });
});

type Enrolled = Awaited<ReturnType<TestApp['enrolledUser']>>;

const set = (recoveryDelayHours: number | null, of = customer) =>
  service.db.organization.update({ where: { id: of.id }, data: { recoveryDelayHours } });
const homeOf = ({ email }: TestUser) => `home-${email}`;
const lastTo = async (address: string) => (await mailsTo(service, address)).at(-1);
const subjectsTo = async (address: string) => (await mailsTo(service, address)).map(({ subject }) => subject);
const settle = () => service.services.mfaResets.settle();
const isOn = async ({ id: userId }: TestUser) => (await service.db.enabledMfa.count({ where: { userId } })) === 1;
const waits = async ({ id: userId }: TestUser) => (await service.db.waitingReset.count({ where: { userId } })) === 1;
const count = async (user: TestUser, action: string) => (await service.eventsOf(user, action)).length;

/** Names an address with a fresh code. */
function name({ browser, secret, user }: Enrolled, address = homeOf(user), more: object = {}) {
  service.clock.advance({ seconds: 30 });
  const proofs = { password: GOOD_PASSWORD, code: service.code(secret) };
  return browser.post('/me/recovery-address', { address, ...proofs, ...more });
}
function remove({ browser, secret }: Enrolled) {
  service.clock.advance({ seconds: 30 });
  return browser.post('/me/recovery-address/remove', { password: GOOD_PASSWORD, code: service.code(secret) });
}
const confirm = (token: string) => service.browser().post('/auth/recovery-address/confirm', { token });

/** A user with a second factor and a confirmed recovery address. */
async function prepared(options: Parameters<TestApp['user']>[0] = {}): Promise<Enrolled> {
  const enrolled = await service.enrolledUser({ organization: customer, ...options });
  expect((await name(enrolled)).status).toBe(204);
  expect((await confirm(tokenIn(await lastTo(homeOf(enrolled.user))))).status).toBe(204);
  return enrolled;
}

async function challenged({ email, password }: TestUser): Promise<Browser> {
  const browser = service.browser();
  expect((await browser.post('/auth/login', { email, password })).body.status).toBe('mfa_required');
  return browser;
}
const ask = async (user: TestUser) => (await challenged(user)).post('/auth/login/recovery');
const begin = (token: string) => service.browser().post('/auth/recovery', { token });

/** The token of the link that is mailed to who signs in with the password and has lost all else. */
async function linkFor(user: TestUser): Promise<string> {
  expect((await ask(user)).status).toBe(202);
  const mail = await lastTo(homeOf(user));
  expect(mail?.subject).toBe('Have you lost your second factor?');
  return tokenIn(mail);
}

/** A user whose recovery waits. */
async function waiting(options: Parameters<TestApp['user']>[0] = {}): Promise<Enrolled> {
  const enrolled = await prepared(options);
  expect((await begin(await linkFor(enrolled.user))).status).toBe(200);
  return enrolled;
}

describe('a recovery without an admin', () => {
  test('waits, then resets, and leaves a pass in the recovery mailbox, without which nobody enrols', async () => {
    const { user, browser } = await prepared();
    const token = await linkFor(user);
    const begun = await begin(token);
    const due = new Date(service.clock.now().getTime() + HOURS * 3_600_000);
    expect(begun).toMatchObject({ status: 200, body: { dueAt: due.toISOString() } });
    expect([await waits(user), await isOn(user), (await browser.get('/me')).status]).toEqual([true, true, 200]);

    service.clock.advance({ seconds: HOURS * 3600 - 1 });
    await settle();
    expect(await isOn(user)).toBe(true);
    service.clock.advance({ seconds: 1 });
    await settle();
    expect([await isOn(user), await waits(user)]).toEqual([false, false]);
    expect((await browser.get('/me')).status).toBe(401);

    const pass = PASS.exec((await lastTo(homeOf(user)))?.text ?? '')?.[0];
    const told = await lastTo(user.email);
    expect(told?.subject).toBe('Two-factor authentication was reset');
    expect(told?.text).not.toContain(pass);
    const late = await service.signIn(user);
    const { body: enrolment } = await late.post('/me/mfa/totp');
    const proof = { password: GOOD_PASSWORD, code: service.code(enrolment.secret) };
    expect((await late.post('/me/mfa/totp/confirm', proof)).body.code).toBe('pass_required');
    expect((await late.post('/me/mfa/totp/confirm', { ...proof, pass })).status).toBe(200);
    // The address went with the factors.
    expect((await late.get('/me/recovery-address')).body).toEqual({
      delayHours: HOURS,
      address: null,
      confirmedAt: null,
    });
  });

  test('is told of: the user at the account, the admins of both organizations, the log', async () => {
    const above = await service.user({ organization: partner, ...READ_WRITE });
    const { user } = await waiting();
    const told = await lastTo(user.email);
    expect(told?.subject).toBe('A reset of your second factor was asked for');
    expect(told?.text).toContain('/not-me#token=');
    for (const { email } of [boss, above]) {
      const mail = await lastTo(email);
      expect(mail?.text).toContain(`${user.email} asked to reset its two-factor authentication`);
      expect(mail?.text).toContain(`/users/${user.id}/edit`);
    }
    const [requested] = await service.eventsOf(user, 'mfa.reset_requested');
    expect(requested).toMatchObject({ actor: { id: user.id }, details: { recovery: true, needsSecondAdmin: false } });
    expect(await count(user, 'mfa.recovery_asked')).toBe(1);
    service.clock.advance({ hours: HOURS });
    await settle();
    const [reset] = await service.eventsOf(user, 'mfa.reset');
    expect(reset).toMatchObject({ actor: { id: user.id }, details: { recovery: true, pass: true } });
  });

  test('is shown to admins and to the user', async () => {
    const { user, browser } = await waiting();
    const admin = await service.signIn(boss);
    const dueAt = new Date(service.clock.now().getTime() + HOURS * 3_600_000).toISOString();
    expect((await admin.get(`/users/${user.id}`)).body.pendingReset).toMatchObject({
      requestedBy: user.email,
      recovery: true,
      needsSecondAdmin: false,
      dueAt,
    });
    expect((await browser.get('/me/mfa')).body.pendingReset).toMatchObject({ recovery: true, dueAt });
  });

  test('waits no shorter than an admin’s reset, and for no second admin', async () => {
    await service.db.organization.update({
      where: { id: customer.id },
      data: { resetDelayHours: 48, resetNeedsSecondAdmin: true },
    });
    const { user } = await prepared();
    const browser = service.browser();
    const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
    expect(body.recoveryDelayHours).toBe(48);
    expect((await begin(await linkFor(user))).status).toBe(200);
    service.clock.advance({ hours: 47 });
    await settle();
    expect(await isOn(user)).toBe(true);
    service.clock.advance({ hours: 1 });
    await settle();
    expect(await isOn(user)).toBe(false);
  });

  test('is not hurried by an admin, who stops it to reset by itself', async () => {
    const { user } = await waiting();
    const admin = await service.signIn(boss);
    const reset = () => admin.patch(`/users/${user.id}`, { mfaEnabled: false });
    expect((await admin.post(`/users/${user.id}/mfa-reset/approve`)).body.code).toBe('no_reset_waits');
    expect((await reset()).body.code).toBe('reset_waits');
    expect((await admin.delete(`/users/${user.id}/mfa-reset`)).status).toBe(204);
    expect((await reset()).body.mfaEnabled).toBe(false);
  });

  test('does not begin while another reset waits; its link stays good', async () => {
    const { user, browser } = await prepared();
    const token = await linkFor(user);
    const admin = await service.signIn(boss);
    await service.db.organization.update({ where: { id: customer.id }, data: { resetDelayHours: 1 } });
    await admin.patch(`/users/${user.id}`, { mfaEnabled: false });
    expect(await begin(token)).toMatchObject({ status: 409, body: { code: 'reset_waits' } });
    expect((await browser.delete('/me/mfa/reset')).status).toBe(204);
    expect((await begin(token)).status).toBe(200);
  });
});

describe('where the organization allows none', () => {
  test('nobody is offered it, nobody asks for it, and no address is named', async () => {
    await set(0);
    const enrolled = await service.enrolledUser({ organization: customer });
    const browser = service.browser();
    const { body } = await browser.post('/auth/login', { email: enrolled.user.email, password: GOOD_PASSWORD });
    expect(body).not.toHaveProperty('recoveryDelayHours');
    const refused = { status: 403, body: { code: 'recovery_disabled', next: { action: 'contact_admin' } } };
    expect(await browser.post('/auth/login/recovery')).toMatchObject(refused);
    expect(await name(enrolled)).toMatchObject(refused);
    expect((await enrolled.browser.get('/me/recovery-address')).body.delayHours).toBe(0);
    expect(await service.db.recoveryAddress.count({ where: { userId: enrolled.user.id } })).toBe(0);
  });

  test('a link that was mailed before begins nothing; what waits stays, and is stopped by hand', async () => {
    const { user } = await prepared();
    const other = await waiting();
    const token = await linkFor(user);
    await set(0);
    expect(await begin(token)).toMatchObject({ status: 403, body: { code: 'recovery_disabled' } });
    expect([await waits(user), await waits(other.user)]).toEqual([false, true]);
    await set(null);
    expect((await begin(token)).status).toBe(200);
  });

  test('a customer cannot allow what its partner forbids, nor fewer hours', async () => {
    const admin = await service.signIn(boss);
    const change = (recoveryDelayHours: number) =>
      admin.patch(`/organizations/${customer.id}/settings`, { recoveryDelayHours });
    expect((await change(2)).body.code).toBe('weaker_than_partner');
    expect((await change(48)).body.recoveryDelayHours).toBe(48);
    await set(0, partner);
    expect((await change(48)).body.code).toBe('weaker_than_partner');
    const { user } = await service.enrolledUser({ organization: customer });
    expect((await ask(user)).body.code).toBe('recovery_disabled');
  });
});

describe('a recovery address', () => {
  test('is named with password and second factor, and told of', async () => {
    const enrolled = await service.enrolledUser({ organization: customer });
    const { browser, user } = enrolled;
    expect((await name(enrolled, homeOf(user), { password: 'wrong' })).body.code).toBe('invalid_credentials');
    expect((await name(enrolled, homeOf(user), { code: '000000' })).body.code).toBe('invalid_code');
    expect(await mailsTo(service, homeOf(user))).toEqual([]);
    expect((await name(enrolled, `  ${homeOf(user).toUpperCase()} `)).status).toBe(204);
    expect((await browser.get('/me/recovery-address')).body).toEqual({
      delayHours: HOURS,
      address: homeOf(user),
      confirmedAt: null,
    });
    expect((await lastTo(user.email))?.text).toContain(`${homeOf(user)} was named`);
    expect((await lastTo(homeOf(user)))?.text).not.toContain(` ${user.email}`);
    expect(await count(user, 'recovery_address.added')).toBe(1);
    const row = await service.db.recoveryAddress.findUniqueOrThrow({ where: { userId: user.id } });
    expect(Buffer.from(row.address).includes(homeOf(user))).toBe(false);
  });

  test.each([
    ['no address', () => 'nonsense'],
    ['that of the account', ({ email }: TestUser) => ` ${email.toUpperCase()}`],
  ])('is not %s', async (_, address) => {
    const enrolled = await service.enrolledUser({ organization: customer });
    expect(await name(enrolled, address(enrolled.user))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: '/address' }] },
    });
  });

  test('is not for who has no second factor', async () => {
    const browser = await service.signIn(await service.user({ organization: customer }));
    const answer = await browser.post('/me/recovery-address', { address: 'a@home.example', password: 'x', code: '1' });
    expect(answer.body.code).toBe('mfa_not_enabled');
    expect((await browser.get('/me/recovery-address')).body.address).toBeNull();
  });

  test('SEC-6: is not for whom a password lets in no more', async () => {
    const enrolled = await service.enrolledUser({ organization: customer });
    const connection = await service.workingConnection(customer);
    const { id } = (await enrolled.browser.get('/me')).body.session;
    await service.db.session.update({ where: { id }, data: { method: 'sso', connectionId: connection.id } });
    await service.db.organization.update({ where: { id: customer.id }, data: { localSignInEnabled: false } });
    expect((await name(enrolled)).body.code).toBe('local_sign_in_disabled');
  });

  test('counts once the mailed link was followed, once, within a day', async () => {
    const enrolled = await service.enrolledUser({ organization: customer });
    const { user } = enrolled;
    await name(enrolled);
    const token = tokenIn(await lastTo(homeOf(user)));
    expect((await ask(user)).status).toBe(202);
    expect((await lastTo(homeOf(user)))?.subject).toBe('Confirm your recovery address');
    service.clock.advance({ seconds: RECOVERY_ADDRESS_SECONDS - 1 });
    expect((await confirm(token)).status).toBe(204);
    expect((await confirm(token)).body.code).toBe('invalid_token');
    expect(await count(user, 'recovery_address.confirmed')).toBe(1);
    const { recoveryAddresses } = service.services;
    expect(await service.resources.database.transaction((tx) => recoveryAddresses.confirm(tx, user.id))).toBe(false);
    await linkFor(user);

    const late = await service.enrolledUser({ organization: customer });
    await name(late);
    const tooLate = tokenIn(await lastTo(homeOf(late.user)));
    service.clock.advance({ seconds: RECOVERY_ADDRESS_SECONDS });
    expect((await confirm(tooLate)).body.code).toBe('invalid_token');
  });

  test('takes the place of an earlier one, whose links are dead', async () => {
    const enrolled = await prepared();
    const { user } = enrolled;
    const asked = await linkFor(user);
    expect((await name(enrolled, 'elsewhere@home.example')).status).toBe(204);
    const first = tokenIn(await lastTo('elsewhere@home.example'));
    expect((await name(enrolled, 'third@home.example')).status).toBe(204);
    const second = tokenIn(await lastTo('third@home.example'));
    expect((await confirm(first)).body.code).toBe('invalid_token');
    expect((await confirm(second)).status).toBe(204);
    expect((await begin(asked)).body.code).toBe('invalid_token');
    expect(await waits(user)).toBe(false);
  });

  test('is removed with password and second factor, and told of', async () => {
    const enrolled = await prepared();
    const { browser, user } = enrolled;
    const token = await linkFor(user);
    const wrong = await browser.post('/me/recovery-address/remove', { password: GOOD_PASSWORD, code: '000000' });
    expect(wrong.body.code).toBe('invalid_code');
    expect((await remove(enrolled)).status).toBe(204);
    expect((await remove(enrolled)).body.code).toBe('not_found');
    expect((await lastTo(user.email))?.text).toContain(`${homeOf(user)} is not the recovery address`);
    expect(await count(user, 'recovery_address.removed')).toBe(1);
    expect((await begin(token)).body.code).toBe('invalid_token');
    const before = (await subjectsTo(homeOf(user))).length;
    expect((await ask(user)).status).toBe(202);
    expect(await subjectsTo(homeOf(user))).toHaveLength(before);
  });

  test('goes with MFA, so that no link mailed to it leads to the next', async () => {
    const { browser, secret, user } = await prepared();
    const token = await linkFor(user);
    service.clock.advance({ seconds: 30 });
    await browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code: service.code(secret) });
    expect(await service.db.recoveryAddress.count({ where: { userId: user.id } })).toBe(0);
    expect((await begin(token)).body.code).toBe('invalid_token');
    service.clock.advance({ seconds: 30 });
    const again = { user, browser, ...(await service.enroll(browser)) };
    await name(again, 'next@home.example');
    await confirm(tokenIn(await lastTo('next@home.example')));
    expect((await begin(token)).body.code).toBe('invalid_token');
  });
});

describe('whoever asks', () => {
  /** Asks, and lets something happen before that is looked at, which is some time after the answer. */
  async function askBefore(pending: Browser, meanwhile: () => Promise<unknown>): Promise<void> {
    const afterwards = vi.spyOn(service.resources.afterwards, 'add').mockImplementationOnce(() => undefined);
    expect((await pending.post('/auth/login/recovery')).status).toBe(202);
    await meanwhile();
    await afterwards.mock.lastCall?.[0]();
    afterwards.mockRestore();
  }

  test('has proved the password in this browser, and is still at the second step', async () => {
    const { user, secret } = await prepared();
    const none = { status: 401, body: { code: 'challenge_expired', next: { action: 'sign_in' } } };
    expect(await service.browser().post('/auth/login/recovery')).toMatchObject(none);
    const browser = await challenged(user);
    service.clock.advance({ seconds: 30 });
    const pending = browser.copy();
    await browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(await pending.post('/auth/login/recovery')).toMatchObject(none);
    const slow = await challenged(user);
    service.clock.advance({ seconds: 300 });
    expect(await slow.post('/auth/login/recovery')).toMatchObject(none);
  });

  test('SEC-2: is not told whether there is an address', async () => {
    const { user } = await prepared();
    const without = await service.enrolledUser({ organization: customer });
    const shapes = [];
    for (const each of [user, without.user]) {
      const browser = service.browser();
      const login = await browser.post('/auth/login', { email: each.email, password: each.password });
      const asked = await browser.post('/auth/login/recovery');
      shapes.push([login.body, asked.status, asked.body, Object.keys(asked.headers).toSorted(), asked.cookies]);
    }
    expect(shapes[1]).toEqual(shapes[0]);
    await service.resources.afterwards.settle();
    expect(await service.eventsOf(without.user, 'mfa.recovery_asked')).toMatchObject([
      { outcome: 'failure', details: { reason: 'no_recovery_address' } },
    ]);
  });

  test('has no more than three mails sent in an hour, and the same answer', async () => {
    const { user } = await prepared();
    for (let asked = 0; asked < 5; asked += 1) {
      expect((await ask(user)).status).toBe(202);
      await service.resources.afterwards.settle();
    }
    const links = (await subjectsTo(homeOf(user))).filter((subject) => subject.startsWith('Have you lost'));
    expect(links).toHaveLength(3);
  });

  test('is counted by the hour, each user alone', async () => {
    const { user } = await prepared();
    const consume = vi.spyOn(service.resources.limiter, 'consume');
    expect((await ask(user)).status).toBe(202);
    expect(consume.mock.calls.filter(([bucket]) => bucket === 'recovery')).toEqual([['recovery', user.id, 3, 3600]]);
    consume.mockRestore();
  });

  test('has the newest link alone, once, for an hour', async () => {
    const { user } = await prepared();
    const [first, second] = [await linkFor(user), await linkFor(user)];
    expect((await begin(first)).body.code).toBe('invalid_token');
    service.clock.advance({ seconds: RECOVERY_SECONDS });
    expect((await begin(second)).body.code).toBe('invalid_token');
    const third = await linkFor(user);
    service.clock.advance({ seconds: RECOVERY_SECONDS - 1 });
    expect((await begin(third)).status).toBe(200);
    expect((await begin(third)).body.code).toBe('invalid_token');
  });

  test('gets no link by a password that was changed meanwhile, and none of before counts', async () => {
    const { user, browser, secret } = await prepared();
    const token = await linkFor(user);
    const pending = await challenged(user);
    await askBefore(pending, async () => {
      service.clock.advance({ seconds: 30 });
      const change = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD, code: service.code(secret) };
      expect((await browser.post('/me/password', change)).status).toBe(204);
    });
    const links = (await subjectsTo(homeOf(user))).filter((subject) => subject.startsWith('Have you lost'));
    expect(links).toHaveLength(1);
    expect((await begin(token)).body.code).toBe('invalid_token');
  });

  test('gets no link where the organization allows it no more by then', async () => {
    const { user } = await prepared();
    await askBefore(await challenged(user), () => set(0));
    expect(await subjectsTo(homeOf(user))).not.toContain('Have you lost your second factor?');
    expect(await service.eventsOf(user, 'mfa.recovery_asked')).toMatchObject([{ outcome: 'failure' }]);
  });

  test('gets no link where the account has the recovery address for its own since', async () => {
    const { user } = await prepared();
    const { email } = user;
    await service.db.user.update({ where: { id: user.id }, data: { email: homeOf(user) } });
    await ask({ ...user, email: homeOf(user) });
    expect(await subjectsTo(`home-${email}`)).not.toContain('Have you lost your second factor?');
  });

  test('begins nothing where MFA went off once the address was looked up', async () => {
    const { user } = await prepared();
    const token = await linkFor(user);
    const { recoveryAddresses } = service.services;
    const confirmed = await recoveryAddresses.of(user.id);
    const looked = vi.spyOn(recoveryAddresses, 'confirmedOf').mockResolvedValueOnce(confirmed);
    await service.db.enabledMfa.delete({ where: { userId: user.id } });
    expect(await begin(token)).toMatchObject({ status: 410, body: { code: 'invalid_token' } });
    expect(looked).toHaveBeenCalledOnce();
    expect(await count(user, 'mfa.reset_requested')).toBe(0);
    looked.mockRestore();
  });

  test('begins nothing for a user who was disabled since', async () => {
    const { user } = await prepared();
    const token = await linkFor(user);
    await service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect((await begin(token)).body.code).toBe('invalid_token');
  });
});

describe('is stopped', () => {
  const end = async (user: TestUser) => {
    service.clock.advance({ hours: HOURS });
    await settle();
    expect([await isOn(user), await count(user, 'mfa.reset')]).toEqual([true, 0]);
  };

  test('by the user in a session', async () => {
    const { user, browser } = await waiting();
    expect((await browser.delete('/me/mfa/reset')).status).toBe(204);
    expect((await lastTo(boss.email))?.text).toContain(`${user.email} stopped the reset`);
    await end(user);
  });

  test('by the link that is mailed to the account', async () => {
    const { user, browser } = await waiting();
    const token = tokenIn(await lastTo(user.email));
    expect((await service.browser().post('/auth/mfa-reset/dispute', { token })).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(401);
    await end(user);
  });

  test('by an admin', async () => {
    const { user } = await waiting();
    const admin = await service.signIn(boss);
    expect((await admin.delete(`/users/${user.id}/mfa-reset`)).status).toBe(204);
    expect((await lastTo(user.email))?.text).toContain('was stopped');
    await end(user);
  });

  test.each([
    ['removes the address', remove],
    ['names another', (enrolled: Enrolled) => name(enrolled, 'elsewhere@home.example')],
  ])('by the user who %s', async (_, change) => {
    const enrolled = await waiting();
    expect((await change(enrolled)).status).toBe(204);
    expect(await waits(enrolled.user)).toBe(false);
    expect(await count(enrolled.user, 'mfa.reset_stopped')).toBe(1);
    await end(enrolled.user);
  });

  test('not with an address where an admin asked for it', async () => {
    const enrolled = await prepared();
    await service.db.organization.update({ where: { id: customer.id }, data: { resetDelayHours: 1 } });
    const admin = await service.signIn(boss);
    await admin.patch(`/users/${enrolled.user.id}`, { mfaEnabled: false });
    expect((await remove(enrolled)).status).toBe(204);
    expect(await waits(enrolled.user)).toBe(true);
  });
});

describe.runIf(testDatabaseKind() === 'postgres')('requests that overlap', () => {
  const held = async (user: TestUser, requests: (() => Promise<{ status?: number } | number>)[]) => {
    const answers = await whileHeld(
      databaseUrl(service.resources.database),
      { text: 'SELECT 1 FROM users WHERE id = $1 FOR UPDATE', values: [user.id] },
      requests.length,
      () => requests.map((request) => request()),
    );
    return answers.map((answer) => (typeof answer === 'number' ? answer : answer.status)).toSorted();
  };

  test('of four with one link one begins', async () => {
    const { user } = await prepared();
    const token = await linkFor(user);
    const answers = await held(
      user,
      Array.from({ length: 4 }, () => () => begin(token)),
    );
    expect(answers).toEqual([200, ...Array(3).fill(410)]);
    expect(await count(user, 'mfa.reset_requested')).toBe(1);
  });

  test('of two that confirm with one link one does', async () => {
    const enrolled = await service.enrolledUser({ organization: customer });
    await name(enrolled);
    const token = tokenIn(await lastTo(homeOf(enrolled.user)));
    expect(await held(enrolled.user, [() => confirm(token), () => confirm(token)])).toEqual([204, 410]);
    expect(await count(enrolled.user, 'recovery_address.confirmed')).toBe(1);
  });

  test('a link that is followed while another address is named confirms neither', async () => {
    const enrolled = await service.enrolledUser({ organization: customer });
    await name(enrolled);
    const token = tokenIn(await lastTo(homeOf(enrolled.user)));
    const answers = await whileHeld(
      databaseUrl(service.resources.database),
      { text: 'SELECT 1 FROM users WHERE id = $1 FOR UPDATE', values: [enrolled.user.id] },
      2,
      async (arrived) => {
        const naming = name(enrolled, 'elsewhere@home.example');
        await arrived(1);
        return [naming, confirm(token)];
      },
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 410]);
    expect((await enrolled.browser.get('/me/recovery-address')).body).toMatchObject({
      address: 'elsewhere@home.example',
      confirmedAt: null,
    });
  });

  test('a link and the removal of its address leave nothing that waits', async () => {
    const enrolled = await prepared();
    const { user } = enrolled;
    const token = await linkFor(user);
    await held(user, [() => begin(token), () => remove(enrolled)]);
    expect([await waits(user), await isOn(user)]).toEqual([false, true]);
    expect(await count(user, 'mfa.reset_stopped')).toBe(await count(user, 'mfa.reset_requested'));
  });

  test('a link that is followed while an admin resets finds nothing more to begin', async () => {
    const { user } = await prepared();
    const token = await linkFor(user);
    const admin = await service.signIn(boss);
    const answers = await whileHeld(
      databaseUrl(service.resources.database),
      { text: 'SELECT 1 FROM enabled_mfa WHERE user_id = $1 FOR UPDATE', values: [user.id] },
      2,
      async (arrived) => {
        const reset = admin.patch(`/users/${user.id}`, { mfaEnabled: false });
        await arrived(1);
        return [reset, begin(token)];
      },
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 410]);
    expect([await isOn(user), await waits(user), await count(user, 'mfa.reset_requested')]).toEqual([false, false, 0]);
  });

  test('SEC-5: a link that is asked for while the password changes is not mailed', async () => {
    const { user, browser, secret } = await prepared();
    const other = await challenged(user);
    service.clock.advance({ seconds: 30 });
    expect((await other.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) })).status).toBe(200);
    const pending = await challenged(user);
    service.clock.advance({ seconds: 30 });
    const { id } = (await browser.get('/me')).body.session;
    const proofs = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD, code: service.code(secret) };
    // The change has ended the links and the half-done sign-ins by then, and comes to the sessions.
    const [changed] = await whileHeld(
      databaseUrl(service.resources.database),
      { text: 'SELECT 1 FROM sessions WHERE user_id = $1 AND id <> $2 FOR UPDATE', values: [user.id, id] },
      2,
      async (arrived) => {
        const change = browser.post('/me/password', proofs);
        await arrived(1);
        expect((await pending.post('/auth/login/recovery')).status).toBe(202);
        return [change];
      },
    );
    expect(changed?.status).toBe(204);
    expect(await subjectsTo(homeOf(user))).not.toContain('Have you lost your second factor?');
  });

  test('of a stop and the time one counts', async () => {
    const { user } = await waiting();
    service.clock.advance({ hours: HOURS });
    const admin = await service.signIn(boss);
    await held(user, [settle, () => admin.delete(`/users/${user.id}/mfa-reset`)]);
    const took = !(await isOn(user));
    expect([await count(user, 'mfa.reset'), await count(user, 'mfa.reset_stopped')]).toEqual(took ? [1, 0] : [0, 1]);
  });

  test('two processes that find it due make one reset, and mail one pass', async () => {
    const { user } = await waiting();
    service.clock.advance({ hours: HOURS });
    await held(user, [settle, settle]);
    expect([await isOn(user), await count(user, 'mfa.reset')]).toEqual([false, 1]);
    const passes = (await subjectsTo(homeOf(user))).filter((subject) => subject === 'Your re-enrollment pass');
    expect(passes).toHaveLength(1);
  });
});
