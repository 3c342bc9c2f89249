import { type Caller, REENROLLMENT_PASS_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';
import { addPasskey } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { ReenrollmentPasses } from '../mfa/index.ts';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let admin: Browser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
  admin = await service.signIn(await service.user({ organization: customer, ...readWrite }));
  const answer = await admin.patch(`/organizations/${customer.id}/settings`, { reenrollmentPass: true });
  expect(answer.status).toBe(200);
});

/** A user whose second factor was reset, with the pass that the admin was given. */
async function resetUser() {
  const { user } = await service.enrolledUser({ organization: customer });
  await admin.post('/auth/refresh');
  const { body } = await admin.patch(`/users/${user.id}`, { mfaEnabled: false });
  return { user, pass: body.reenrollmentPass as string };
}

/** Enrols an app with what is shown for a pass. */
async function enroll(browser: Browser, pass?: string) {
  const { body: begun } = await browser.post('/me/mfa/totp');
  const answer = await browser.post('/me/mfa/totp/confirm', {
    password: GOOD_PASSWORD,
    code: service.code(begun.secret),
    ...(pass === undefined ? {} : { pass }),
  });
  return answer;
}

const wrongPass = '0000-0000-0000';

describe('a reset where the organization asks for a pass', () => {
  test('gives the admin one, once, with which alone the user enrols; then it is over', async () => {
    const { user, pass } = await resetUser();
    expect(pass).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect((await admin.get(`/users/${user.id}`)).body).toMatchObject({
      mfaEnabled: false,
      awaitsReenrollmentPass: true,
    });
    expect((await admin.patch(`/users/${user.id}`, { mfaEnabled: false })).body).not.toHaveProperty('reenrollmentPass');

    const browser = await service.signIn(user);
    expect((await browser.get('/me/mfa')).body).toMatchObject({ enabled: false, canEnroll: true, passRequired: true });
    expect((await enroll(browser)).body).toMatchObject({ code: 'pass_required', status: 401 });
    expect((await enroll(browser, wrongPass)).body).toMatchObject({
      code: 'pass_required',
      errors: [{ pointer: '/pass' }],
    });
    const done = await enroll(browser, ` ${pass.toLowerCase().replaceAll('-', ' ')}`);
    expect(done).toMatchObject({ status: 200, body: { backupCodes: { length: 10 } } });
    expect((await browser.get('/me/mfa')).body).toMatchObject({ enabled: true });
    expect((await browser.get('/me/mfa')).body).not.toHaveProperty('passRequired');
    expect((await admin.get(`/users/${user.id}`)).body).not.toHaveProperty('awaitsReenrollmentPass');
    expect(await service.db.reenrollmentPass.count({ where: { userId: user.id } })).toBe(0);
  });

  test('a passkey is no way round it', async () => {
    const { user, pass } = await resetUser();
    const browser = await service.signIn(user);
    const begin = (shown?: string) =>
      browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD, ...(shown ? { pass: shown } : {}) });
    expect((await begin()).body.code).toBe('pass_required');
    expect((await begin(wrongPass)).body.code).toBe('pass_required');
    const { body: options } = await begin(pass);
    const response = new SoftwareAuthenticator().create(options);
    const without = await browser.post('/me/mfa/passkeys', { name: 'Key', response });
    expect(without.body.code).toBe('pass_required');
    const again = new SoftwareAuthenticator().create((await begin(pass)).body);
    const added = await browser.post('/me/mfa/passkeys', { name: 'Key', response: again, pass });
    expect(added).toMatchObject({ status: 201, body: { backupCodes: { length: 10 } } });
  });

  test('a further factor needs none', async () => {
    const { user, pass } = await resetUser();
    const browser = await service.signIn(user);
    await enroll(browser, pass);
    expect((await addPasskey(browser, new SoftwareAuthenticator())).status).toBe(201);
  });

  test('SEC-3: wrong passes are counted as wrong codes are; a missing one is not', async () => {
    const { user, pass } = await resetUser();
    const browser = await service.signIn(user);
    for (let attempt = 0; attempt < 12; attempt += 1) expect((await enroll(browser)).body.code).toBe('pass_required');
    const answers = [];
    for (let attempt = 0; attempt < 11; attempt += 1) answers.push((await enroll(browser, wrongPass)).body.code);
    expect(answers).toContain('too_many_attempts');
    expect((await enroll(browser, pass)).body.code).toBe('too_many_attempts');
    const failed = await service.eventsOf(user, 'mfa.attempt_failed');
    expect(failed[0]?.details).toMatchObject({ reason: 'pass_required' });
  });

  test('the pass of another user is none', async () => {
    const [one, other] = [await resetUser(), await resetUser()];
    const browser = await service.signIn(one.user);
    expect((await enroll(browser, other.pass)).body.code).toBe('pass_required');
    expect((await enroll(browser, one.pass)).status).toBe(200);
  });

  test('after seven days the admin gives another one; the first is dead', async () => {
    const { user, pass } = await resetUser();
    service.clock.advance({ seconds: REENROLLMENT_PASS_SECONDS });
    const late = await service.signIn(user);
    expect((await enroll(late, pass)).body.code).toBe('pass_required');
    const begun = await late.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD, pass });
    expect(begun.body.code).toBe('pass_required');

    const again = await service.signIn(await service.user({ organization: customer, ...readWrite }));
    const issued = await again.post(`/users/${user.id}/reenrollment-pass`);
    expect(issued).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    expect((await enroll(late, pass)).body.code).toBe('pass_required');
    expect((await enroll(late, issued.body.reenrollmentPass)).status).toBe(200);
    expect(await service.eventsOf(user, 'mfa.pass_issued')).toHaveLength(1);
    expect((await again.post(`/users/${user.id}/reenrollment-pass`)).body.code).toBe('no_pass_awaited');
  });

  test('SEC-12: of enrolments at once one takes the pass', async () => {
    const { user, pass } = await resetUser();
    const [one, two] = [await service.signIn(user), await service.signIn(user)];
    await one.post('/me/mfa/totp');
    const answers = await Promise.all([enroll(one, pass), enroll(two, pass)]);
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
    expect(await service.db.enabledMfa.count({ where: { userId: user.id } })).toBe(1);
  });

  test('a pass that was right when it was judged, and was replaced since, is not taken', async () => {
    const { user, pass } = await resetUser();
    const passes = new ReenrollmentPasses(service.resources);
    const caller = { userId: user.id, mfaEnabled: false } as Caller;
    const shown = await passes.shownBy(caller, pass);
    if (shown === null) throw new Error('none is awaited');
    const judged = await passes.match(shown);
    await admin.post(`/users/${user.id}/reenrollment-pass`);
    const take = service.resources.database.transaction((tx) => passes.take(tx, user.id, judged));
    await expect(take).rejects.toMatchObject({ code: 'pass_required' });
  });

  test('a pass that is taken back while an enrolment is under way does not enrol', async () => {
    const { user, pass } = await resetUser();
    const browser = await service.signIn(user);
    const { body: begun } = await browser.post('/me/mfa/totp');
    const [enrolled, issued] = await Promise.all([
      browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: service.code(begun.secret), pass }),
      admin.post(`/users/${user.id}/reenrollment-pass`),
    ]);
    const isOn = (await service.db.enabledMfa.count({ where: { userId: user.id } })) === 1;
    expect([enrolled.status, issued.status]).toEqual(isOn ? [200, expect.any(Number)] : [401, 201]);
    expect(await service.db.reenrollmentPass.count({ where: { userId: user.id } })).toBe(isOn ? 0 : 1);
  });

  test('an admin whose own factor was reset gives itself no pass', async () => {
    const { user } = await service.enrolledUser({ organization: customer, ...readWrite });
    await admin.post('/auth/refresh');
    await admin.patch(`/users/${user.id}`, { mfaEnabled: false });
    const thief = await service.signIn(user);
    const answer = await thief.post(`/users/${user.id}/reenrollment-pass`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('SEC-40: who may not edit the user gives no pass', async () => {
    const { user } = await resetUser();
    const path = `/users/${user.id}/reenrollment-pass`;
    const readOnly = await service.signIn(
      await service.user({ organization: customer, role: 'admin', access: 'read_only' }),
    );
    expect((await readOnly.post(path)).status).toBe(403);
    const stranger = await service.signIn(
      await service.user({ organization: await service.customer(partner), ...readWrite }),
    );
    expect((await stranger.post(path)).status).toBe(404);
  });

  test('stays where the setting is switched off, another password is chosen, or MFA was reset by the operator', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const pass = await service.services.users.resetMfaByOperator(user.email);
    await admin.post('/auth/refresh');
    await admin.patch(`/organizations/${customer.id}/settings`, { reenrollmentPass: false });
    const browser = await service.signIn(user);
    expect((await enroll(browser)).body.code).toBe('pass_required');
    expect((await enroll(browser, pass ?? '')).status).toBe(200);
  });

  test('a customer asks for one where its partner does', async () => {
    const boss = await service.signIn(await service.user({ organization: partner, ...readWrite }));
    const path = (of: TestOrganization) => `/organizations/${of.id}/settings`;
    await boss.patch(path(customer), { reenrollmentPass: null });
    await boss.patch(path(partner), { reenrollmentPass: true });
    const refused = await boss.patch(path(customer), { reenrollmentPass: false });
    expect(refused).toMatchObject({ status: 422, body: { code: 'weaker_than_partner' } });
    expect((await resetUser()).pass).toBeDefined();
  });

  test('without the setting none is given nor asked for', async () => {
    await admin.patch(`/organizations/${customer.id}/settings`, { reenrollmentPass: false });
    const { user, pass } = await resetUser();
    expect(pass).toBeUndefined();
    expect((await enroll(await service.signIn(user))).status).toBe(200);
  });
});

describe('what the user is told of a reset', () => {
  async function toldOf(user: TestUser, changes: object) {
    await admin.post('/auth/refresh');
    await admin.patch(`/users/${user.id}`, { mfaEnabled: false, ...changes });
    return (await mailsTo(service, user.email)).at(-1);
  }

  test('the reason, in the mail and in the log', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const mail = await toldOf(user, { reason: '  Lost the phone on <b>holiday</b> ' });
    expect(mail?.text).toContain('Lost the phone on <b>holiday</b>');
    expect(mail?.html).toContain('Lost the phone on &lt;b&gt;holiday&lt;/b&gt;');
    const stored = await service.db.auditEvent.findFirstOrThrow({ where: { subjectId: user.id, action: 'mfa.reset' } });
    expect(JSON.stringify(stored.details)).not.toContain('holiday');
    const [event] = await service.eventsOf(user, 'mfa.reset');
    expect(event?.details).toEqual({ statedReason: 'Lost the phone on <b>holiday</b>', pass: true });
  });

  test('that it can say: this was not me. It ends the sessions, restores nothing and alerts the admins, once', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const boss = await service.user({ organization: partner, ...readWrite });
    const token = tokenIn(await toldOf(user, {}));
    const thief = await service.signIn(user);
    const dispute = () => service.browser().post('/auth/mfa-reset/dispute', { token });
    const answers = await Promise.all([dispute(), dispute(), dispute()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410]);
    expect((await thief.get('/me')).status).toBe(401);
    expect((await admin.get(`/users/${user.id}`)).body).toMatchObject({ mfaEnabled: false, status: 'active' });
    const alert = 'A user says: this reset was not me';
    expect((await mailsTo(service, boss.email)).map(({ subject }) => subject)).toEqual([alert]);
    const [event] = await service.eventsOf(user, 'mfa.reset_disputed');
    expect(event).toMatchObject({ outcome: 'success', subject: { id: user.id } });
  });

  test('the link of another purpose says nothing of a reset', async () => {
    const user = await service.user({ organization: customer });
    await service.browser().post('/auth/password-reset', { email: user.email });
    const token = tokenIn((await mailsTo(service, user.email)).at(-1));
    const answer = await service.browser().post('/auth/mfa-reset/dispute', { token });
    expect(answer).toMatchObject({ status: 410, body: { code: 'invalid_token' } });
  });
});
