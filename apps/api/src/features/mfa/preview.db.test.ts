import { randomBytes } from 'node:crypto';
import { type FactorKind, type MfaRequirement, mfaDemand } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import { AuthenticatorMaker } from '../../testing/authenticator-maker.ts';
import type { Browser } from '../../testing/browser.ts';
import { addPasskey, passkeyUser } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const DAY_SECONDS = 24 * 60 * 60;

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let admin: Browser;
let adminUser: TestUser;
beforeAll(async () => {
  service = await TestApp.start();
});
beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
  const enrolled = await service.enrolledUser({ organization: partner, ...READ_WRITE, name: 'The admin' });
  ({ browser: admin, user: adminUser } = enrolled);
});
afterAll(() => service.stop());

const settingsOf = ({ id }: TestOrganization) => `/organizations/${id}/settings`;
const preview = async (of: TestOrganization, changes: object, query = '') =>
  (await admin.post(`${settingsOf(of)}/preview${query}`, changes)).body;
const everybody = (mfaGraceDays: number) => ({ mfaRequired: 'everybody', mfaGraceDays });
interface Listed {
  id: string;
  why: string;
}
const listed = ({ users }: { users: Listed[] }) => users.map(({ id, why }) => `${id} ${why}`).toSorted();
const expected = (...users: [{ id: string }, string][]) => users.map(([{ id }, why]) => `${id} ${why}`).toSorted();

test('tells who is ready, who has days left and who would be stopped, by name, and changes nothing', async () => {
  const { user: enrolled } = await service.enrolledUser({ organization: customer });
  const [waiting, stopped] = [
    await service.user({ organization: customer }),
    await service.user({ organization: customer }),
  ];
  const invited = await service.user({ organization: customer, password: null, status: 'invited' });
  await service.user({ organization: customer, status: 'disabled' });
  await admin.patch(settingsOf(customer), everybody(5));
  await service.signIn(stopped);
  service.clock.advance({ seconds: 3 * DAY_SECONDS });
  const { browser } = await service.enrolledUser({ organization: partner, ...READ_WRITE });
  admin = browser;

  const settings = (await admin.get(settingsOf(customer))).body;
  const answer = await preview(customer, { mfaGraceDays: 3 });
  expect(answer).toMatchObject({ ready: 1, inGrace: 2, stranded: 1, nextCursor: null, customers: [] });
  expect(answer.users).toMatchObject([
    { id: stopped.id, email: stopped.email, name: 'Test User', organization: { id: customer.id }, why: 'no_factor' },
  ]);
  const inGrace = await preview(customer, { mfaGraceDays: 3 }, '?group=in_grace');
  expect(listed(inGrace)).toEqual(expected([waiting, 'factor_due'], [invited, 'factor_due']));
  const ready = await preview(customer, { mfaGraceDays: 3 }, '?group=ready');
  expect(listed(ready)).toEqual(expected([enrolled, 'password']));

  expect(await preview(customer, { mfaGraceDays: 0 })).toMatchObject({ ready: 1, inGrace: 0, stranded: 3 });
  expect(await preview(customer, { mfaRequired: 'admins' })).toMatchObject({ ready: 4, inGrace: 0, stranded: 0 });
  expect((await admin.get(settingsOf(customer))).body).toEqual(settings);
});

test('tells a partner of its customers too, each by what would count there', async () => {
  const own = await service.user({ organization: partner });
  const follows = await service.user({ organization: customer });
  const stricter = await service.customer(partner);
  await admin.patch(settingsOf(stricter), everybody(0));
  const [member, chief] = [
    await service.user({ organization: stricter }),
    await service.user({ organization: stricter, role: 'admin' }),
  ];
  const other = await service.customer(partner, { localSignInEnabled: false });
  await service.user({ organization: other, role: 'admin' });

  const all = await preview(partner, everybody(4));
  expect(all).toMatchObject({ ready: 1, inGrace: 2, stranded: 3 });
  expect(listed(all).filter((user) => user.endsWith('no_factor'))).toEqual(
    expected([member, 'no_factor'], [chief, 'no_factor']),
  );
  const inGrace = await preview(partner, everybody(4), '?group=in_grace');
  expect(listed(inGrace)).toEqual(expected([own, 'factor_due'], [follows, 'factor_due']));
  // Of itself alone where nothing of that is changed.
  expect(await preview(partner, { sessionIdleMinutes: 30 })).toMatchObject({ ready: 2, inGrace: 0, stranded: 0 });
});

test('walks through lists of any length by pages, each of one group', async () => {
  const users = [];
  for (let count = 0; count < 5; count += 1) users.push(await service.user({ organization: customer }));
  const found: Listed[] = [];
  let cursor: string | null = null;
  do {
    const page = await preview(customer, everybody(0), `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
    expect(page.stranded).toBe(5);
    found.push(...page.users);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(found.map(({ id }) => id).toSorted()).toEqual(users.map(({ id }) => id).toSorted());
  const { nextCursor } = await preview(customer, everybody(0), '?limit=2');
  const path = `${settingsOf(customer)}/preview?group=ready&cursor=${nextCursor}`;
  expect((await admin.post(path, everybody(0))).status).toBe(400);
});

test('is for those who may read the settings', async () => {
  const reader = await service.signIn(
    await service.user({ organization: customer, role: 'admin', access: 'read_only' }),
  );
  const member = await service.signIn(await service.user({ organization: customer }));
  const outside = await service.signIn(await service.user(READ_WRITE));
  const statuses = await Promise.all(
    [reader, member, outside].map(
      async (browser) => (await browser.post(`${settingsOf(customer)}/preview`, everybody(0))).status,
    ),
  );
  expect(statuses).toEqual([200, 403, 404]);
});

describe('tells for whom something becomes otherwise, who comes in as before', () => {
  const otherwise = async (of: TestOrganization, changes: object) => {
    const answer = await preview(of, changes, '?group=otherwise');
    expect(answer).toMatchObject({ otherwise: answer.users.length, stranded: 0, inGrace: 0 });
    return listed(answer);
  };

  test('without a passkey alone, a passkey that is found without being named', async () => {
    await admin.patch(settingsOf(partner), { passwordlessEnabled: true });
    const { user } = await passkeyUser(service, { organization: customer });
    const named = await service.user({ organization: customer });
    await addPasskey(await service.signIn(named), new SoftwareAuthenticator(), { twist: { discoverable: false } });
    const off = { passwordlessEnabled: false };
    expect(await otherwise(customer, off)).toEqual(expected([user, 'no_passkey_alone']));
    expect(await otherwise(partner, off)).toEqual(expected([user, 'no_passkey_alone']));
    expect(await otherwise(customer, { passwordlessEnabled: true })).toEqual([]);
    // Where it is off already, there is nothing to lose.
    await admin.patch(settingsOf(partner), off);
    expect(await otherwise(customer, off)).toEqual([]);
  });

  test('with fewer days, a device that is remembered', async () => {
    await admin.patch(settingsOf(partner), { rememberedDeviceDays: 30 });
    const { user } = await service.enrolledUser({ organization: customer });
    const now = service.clock.now();
    const after = (days: number) => new Date(now.getTime() + days * DAY_SECONDS * 1000);
    const tokenHash = Uint8Array.from(randomBytes(32));
    const device = {
      id: newId(),
      userId: user.id,
      tokenHash,
      userAgent: '',
      createdAt: after(-3),
      expiresAt: after(27),
    };
    await service.db.rememberedDevice.create({ data: device });
    const days = (rememberedDeviceDays: number | null) => ({ rememberedDeviceDays });
    expect(await otherwise(customer, days(2))).toEqual(expected([user, 'no_device']));
    expect(await otherwise(partner, days(0))).toEqual(expected([user, 'no_device']));
    expect(await otherwise(customer, days(4))).toEqual([]);
    expect(await otherwise(customer, days(null))).toEqual([]);
    service.clock.advance({ seconds: 28 * DAY_SECONDS });
    ({ browser: admin } = await service.enrolledUser({ organization: partner, ...READ_WRITE }));
    expect(await otherwise(customer, days(0))).toEqual([]);
  });

  test('without recovery, an address that was confirmed', async () => {
    await admin.patch(settingsOf(partner), { recoveryDelayHours: 24 });
    const [user, other] = [
      await service.enrolledUser({ organization: customer }),
      await service.enrolledUser({ organization: customer }),
    ];
    for (const [
      {
        user: { id: userId },
      },
      confirmedAt,
    ] of [
      [user, service.clock.now()],
      [other, null],
    ] as const)
      await service.db.recoveryAddress.create({
        data: { userId, id: newId(), address: Uint8Array.from([1]), addedAt: service.clock.now(), confirmedAt },
      });
    expect(await otherwise(customer, { recoveryDelayHours: 0 })).toEqual(expected([user.user, 'no_recovery']));
    expect(await otherwise(customer, { recoveryDelayHours: 48 })).toEqual([]);
  });

  test('with models, a passkey that is not one of them or was vouched for by nobody', async () => {
    const maker = await AuthenticatorMaker.start();
    const [blue, green] = ['2fc0579f-8113-47ea-b116-bb5a8db9202a', 'c5ef55ff-ad9a-4b9f-b580-adebafe026d0'];
    const taking = (...aaguids: string[]) => ({
      passkeyModels: { models: aaguids.map((aaguid) => ({ aaguid, name: aaguid })), roots: [maker.root] },
    });
    const claims = await service.user({ organization: customer });
    await addPasskey(await service.signIn(claims), new SoftwareAuthenticator(), { twist: { aaguid: blue } });
    await admin.patch(settingsOf(customer), taking(blue, green));
    const proves = await service.user({ organization: customer });
    const { packed: attest } = await maker.batch({ aaguid: blue });
    await addPasskey(await service.signIn(proves), new SoftwareAuthenticator(), { twist: { aaguid: blue, attest } });
    await service.enrolledUser({ organization: customer });
    expect(await otherwise(customer, taking(blue))).toEqual(expected([claims, 'other_model']));
    const both = expected([claims, 'other_model'], [proves, 'other_model']);
    expect(await otherwise(customer, taking(green))).toEqual(both);
    expect(await otherwise(partner, taking(green))).toEqual(both);
    expect(await otherwise(customer, { passkeyModels: null })).toEqual([]);
    // Nothing of it is told with another change.
    expect(await otherwise(customer, { mfaGraceDays: 3 })).toEqual([]);
  });

  test('with a second admin for resets, who has not two others to ask and to approve', async () => {
    const second = { resetNeedsSecondAdmin: true };
    const { user } = await service.enrolledUser({ organization: customer });
    await service.user({ organization: customer });
    expect(await otherwise(customer, second)).toEqual(expected([user, 'no_second_admin']));
    expect(await otherwise(partner, second)).toEqual(
      expected([user, 'no_second_admin'], [adminUser, 'no_second_admin']),
    );
    expect(await otherwise(customer, { resetNeedsSecondAdmin: false })).toEqual([]);
    // Nobody of these can approve.
    await service.user({ organization: customer, role: 'admin', access: 'read_only' });
    await service.user({ organization: customer, ...READ_WRITE, status: 'disabled' });
    await service.user({ organization: customer, access: 'read_write' });
    await service.user({ organization: await service.customer(partner), ...READ_WRITE });
    expect(await otherwise(customer, second)).toEqual(expected([user, 'no_second_admin']));
    // Nor oneself.
    const { user: other } = await service.enrolledUser({ organization: customer, ...READ_WRITE });
    expect(await otherwise(customer, second)).toEqual(expected([other, 'no_second_admin']));
    await service.user({ organization: customer, ...READ_WRITE });
    expect(await otherwise(customer, second)).toEqual([]);
    // What the partner asks for, a customer cannot leave out; and the admins of a customer do not reset its partner's.
    expect(await otherwise(partner, second)).toEqual(expected([adminUser, 'no_second_admin']));
    await service.user({ organization: partner, ...READ_WRITE });
    await service.user({ organization: partner, ...READ_WRITE });
    expect(await otherwise(partner, second)).toEqual([]);
  });

  test('and first of all who would be stopped', async () => {
    await admin.patch(settingsOf(customer), { passwordlessEnabled: true });
    const { user } = await passkeyUser(service, { organization: customer });
    const stopped = await service.user({ organization: customer });
    const answer = await preview(customer, { ...everybody(0), passwordlessEnabled: false });
    expect(answer).toMatchObject({ ready: 0, otherwise: 1, stranded: 1, users: [{ id: stopped.id }] });
    const group = await preview(customer, { ...everybody(0), passwordlessEnabled: false }, '?group=otherwise');
    expect(listed(group)).toEqual(expected([user, 'no_passkey_alone']));
  });
});

const FACTORS: FactorKind[][] = [[], ['totp'], ['passkey'], ['totp', 'passkey']];

async function userWith(factors: FactorKind[], options: Parameters<TestApp['user']>[0]): Promise<TestUser> {
  if (!factors.includes('totp'))
    return factors.length > 0 ? (await passkeyUser(service, options)).user : service.user(options);
  const { user, browser } = await service.enrolledUser(options);
  if (factors.includes('passkey')) await addPasskey(browser, new SoftwareAuthenticator());
  return user;
}

test('says of everybody what the judge of sessions would say', async () => {
  const now = service.clock.now();
  const graceOf = (daysAgo: number | null) => ({
    mfaGraceFrom: daysAgo === null ? null : new Date(now.getTime() - daysAgo * DAY_SECONDS * 1000),
    // Not the same, so that one taken for the other is noticed.
    phishingResistantFrom: daysAgo === null ? now : new Date(now.getTime() - (daysAgo / 2) * DAY_SECONDS * 1000),
  });
  const groups = { ready: 'ready', in_grace: 'in_grace', stranded: 'stranded' } as const;
  for (const role of ['admin', 'member'] as const)
    for (const daysAgo of [null, 0, 2, 9])
      for (const factors of FACTORS) {
        const options = { organization: customer, role, name: JSON.stringify({ role, daysAgo, factors }) };
        const { id } = await userWith(factors, options);
        await service.db.user.update({ where: { id }, data: graceOf(daysAgo) });
      }
  // Enrollments take a while.
  await admin.post('/auth/refresh');
  const later = service.clock.now();
  for (const mfaRequired of ['nobody', 'admins', 'everybody'] as MfaRequirement[])
    for (const mfaGraceDays of [0, 1, 5, 20])
      for (const mfaPhishingResistant of [false, true])
        for (const group of Object.values(groups)) {
          const changes = { mfaRequired, mfaGraceDays, mfaPhishingResistant };
          const { users } = await preview(customer, changes, `?group=${group}&limit=100`);
          for (const { name } of users as { name: string }[]) {
            const { role, daysAgo, factors } = JSON.parse(name);
            const mfaEnabled = factors.length > 0;
            const subject = { role, hasPassword: true, mfaEnabled, factors, ...graceOf(daysAgo), mfaAskedBy: '' };
            const rule = { localSignInEnabled: true, ...changes };
            // Whoever has a passkey comes in with it.
            const phishingResistant = factors.includes('passkey');
            const session = { method: 'password', createdAt: later, phishingResistant } as const;
            const { mustEnroll, policy } = mfaDemand(subject, rule, session, later);
            const judged = mustEnroll ? 'stranded' : policy.graceEndsAt ? 'in_grace' : 'ready';
            expect({ name, ...changes, group }).toEqual({ name, ...changes, group: judged });
          }
        }
  expect((await preview(customer, everybody(5))).ready).toBe(24);
  expect((await preview(customer, { ...everybody(5), mfaPhishingResistant: true })).ready).toBe(16);
}, 120_000);
