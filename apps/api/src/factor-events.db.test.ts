import { afterAll, beforeAll, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from './testing/app.ts';
import type { Answer, Browser } from './testing/browser.ts';
import { mailsTo, tokenIn } from './testing/mails.ts';
import { addPasskey, askedAtSignIn, shownAgain } from './testing/passkeys.ts';
import { SoftwareAuthenticator } from './testing/software-authenticator.ts';

/*
 * Factor by factor, event by event: who is asked for what, who is told, what is audited and what ends. Each row of
 * docs/guide/factor-events.md is what happened here; after a change that is meant, run it with `-u`.
 */

const NEW_PASSWORD = 'quarry lantern thistle 9';
const READ_WRITE = { role: 'admin', access: 'read_write' } as const;

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

type Kind = 'none' | 'app' | 'passkey' | 'both';

/** A user with all that an event could end: another session, a half-done sign-in, a remembered device. */
interface Scene {
  user: TestUser;
  admin: TestUser;
  adminBrowser: Browser;
  browser: Browser;
  halfDone: Browser | null;
  secret: string;
  passkey: SoftwareAuthenticator;
  passkeyId: string;
  backupCodes: string[];
}

/** What is asked for, each of which was left out once, and refused. */
type Ask =
  | 'password'
  | 'second factor'
  | 'code of the new app'
  | 'the new passkey'
  | 'fresh proof of the admin'
  | 'mailed link';

interface Event {
  factor: string;
  event: string;
  kind: Kind;
  asks: Ask[];
  /** Does it; without `omitted`, where something is to be left out. Gives the answers, the last of which counts. */
  act(scene: Scene, omitted: Ask | null): Promise<Answer>;
}

async function sceneOf(kind: Kind): Promise<Scene> {
  const organization = await service.customer(
    await service.partner({ rememberedDeviceDays: 30, recoveryDelayHours: 24 }),
  );
  const admin = await service.user({ organization, ...READ_WRITE });
  const user = await service.user({ organization });
  const browser = await service.signIn(user);
  const passkey = new SoftwareAuthenticator();
  const scene: Scene = {
    ...{ user, admin, browser, passkey, halfDone: null, secret: '', passkeyId: '', backupCodes: [] },
    adminBrowser: await service.signIn(admin),
  };
  if (kind === 'app' || kind === 'both') Object.assign(scene, await service.enroll(browser));
  if (kind === 'passkey' || kind === 'both') {
    const { body } = await addPasskey(browser, passkey);
    scene.passkeyId = body.factor.id;
    if (body.backupCodes) scene.backupCodes = body.backupCodes;
  }
  if (kind === 'none') {
    await service.signIn(user);
    return scene;
  }
  const device = service.browser();
  expect((await signedIn(scene, device, { rememberDevice: true })).status).toBe(200);
  scene.halfDone = service.browser();
  await firstStep(scene, scene.halfDone);
  return scene;
}

const firstStep = ({ user }: Scene, browser: Browser): Promise<Answer> =>
  browser.post('/auth/login', { email: user.email, password: user.password });

/** Signs in with the app, or where there is none with the passkey. */
async function signedIn(scene: Scene, browser: Browser, more: object = {}): Promise<Answer> {
  if (scene.secret === '') {
    const { browser: at, options } = await askedAtSignIn(service, scene.user, browser);
    return at.post('/auth/login/mfa', { method: 'passkey', response: scene.passkey.get(options), ...more });
  }
  await firstStep(scene, browser);
  return browser.post('/auth/login/mfa', { method: 'totp', code: freshCode(scene.secret), ...more });
}

/** A code that nothing was spent of yet: the clock moves on. */
function freshCode(secret: string): string {
  service.clock.advance({ seconds: 30 });
  return service.code(secret);
}

/** What proves the user again: password, and what it has of factors. */
async function proof({ browser, passkey, secret }: Scene, omitted: Ask | null): Promise<object> {
  const factor =
    omitted === 'second factor'
      ? {}
      : secret === ''
        ? { response: (await shownAgain(browser, passkey)).response }
        : { code: freshCode(secret) };
  return { ...(omitted === 'password' ? {} : { password: GOOD_PASSWORD }), ...factor };
}

async function setUpApp({ browser }: Scene, omitted: Ask | null): Promise<Answer> {
  const { secret } = (await browser.post('/me/mfa/totp')).body;
  return browser.post('/me/mfa/totp/confirm', {
    ...(omitted === 'password' ? {} : { password: GOOD_PASSWORD }),
    ...(omitted === 'code of the new app' ? {} : { code: freshCode(secret) }),
  });
}

async function setUpPasskey({ browser }: Scene, omitted: Ask | null): Promise<Answer> {
  const options = await browser.post(
    '/me/mfa/passkeys/options',
    omitted === 'password' ? {} : { password: GOOD_PASSWORD },
  );
  if (options.status !== 200) return options;
  const response = new SoftwareAuthenticator().create(options.body);
  return browser.post('/me/mfa/passkeys', { name: 'Laptop', ...(omitted === 'the new passkey' ? {} : { response }) });
}

/** Sets the app of another phone up, which waits for its first sign-in. */
async function setUpCandidate(scene: Scene, omitted: Ask | null): Promise<Answer & { secret: string }> {
  const { browser } = scene;
  const begun = await browser.post('/me/mfa/totp/candidate', await proof(scene, omitted));
  if (begun.status !== 201) return { ...begun, secret: '' };
  const { secret } = begun.body;
  const body = omitted === 'code of the new app' ? {} : { code: freshCode(secret) };
  return { ...(await browser.post('/me/mfa/totp/candidate/confirm', body)), secret };
}

/** The address that the user names for recovery. */
const elsewhere = ({ user }: Scene): string => `home-${user.email}`;

const newestToken = async (address: string): Promise<string> => tokenIn((await mailsTo(service, address)).at(-1));

async function nameAddress(scene: Scene, omitted: Ask | null): Promise<Answer> {
  const shown = await proof(scene, omitted);
  const named = await scene.browser.post('/me/recovery-address', { address: elsewhere(scene), ...shown });
  if (named.status >= 400) return named;
  const token = omitted === 'mailed link' ? {} : { token: await newestToken(elsewhere(scene)) };
  return service.browser().post('/auth/recovery-address/confirm', token);
}

const candidates = new WeakMap<Scene, string>();

const APP = 'Authenticator app';
const PASSKEY = 'Passkey';
const CODES = 'Backup codes';
const ALL = 'All of them';
const RECOVERY = 'Recovery address';
const DEVICE = 'Remembered device';
const BESIDE = 'Password, beside a factor';

const events: Event[] = [
  {
    factor: APP,
    event: 'set up, the first factor',
    kind: 'none',
    asks: ['password', 'code of the new app'],
    act: setUpApp,
  },
  {
    factor: APP,
    event: 'set up beside a passkey',
    kind: 'passkey',
    asks: ['password', 'code of the new app'],
    act: setUpApp,
  },
  {
    ...{ factor: APP, event: 'that of a new phone set up, to take over', kind: 'app' },
    asks: ['password', 'second factor', 'code of the new app'],
    act: setUpCandidate,
  },
  {
    ...{
      factor: APP,
      event: 'that of a new phone takes over, at a sign-in',
      kind: 'app',
      asks: ['password', 'code of the new app'],
    },
    act: async (scene, omitted) => {
      const next = candidates.get(scene) ?? (await setUpCandidate(scene, null)).secret;
      candidates.set(scene, next);
      const device = service.browser();
      if (omitted !== 'password') await firstStep(scene, device);
      const code = omitted === 'code of the new app' ? {} : { code: freshCode(next) };
      return device.post('/auth/login/mfa', { method: 'totp', ...code });
    },
  },
  {
    ...{ factor: APP, event: 'removed beside a passkey', kind: 'both', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => scene.browser.post('/me/mfa/totp/remove', await proof(scene, omitted)),
  },
  {
    ...{ factor: APP, event: 'removed, the last factor', kind: 'app', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => scene.browser.post('/me/mfa/totp/remove', await proof(scene, omitted)),
  },
  { factor: APP, event: 'signs in', kind: 'app', asks: ['password', 'second factor'], act: signInAgain },
  {
    factor: PASSKEY,
    event: 'set up, the first factor',
    kind: 'none',
    asks: ['password', 'the new passkey'],
    act: setUpPasskey,
  },
  {
    factor: PASSKEY,
    event: 'set up beside an app',
    kind: 'app',
    asks: ['password', 'the new passkey'],
    act: setUpPasskey,
  },
  {
    ...{ factor: PASSKEY, event: 'renamed', kind: 'passkey', asks: [] },
    act: ({ browser, passkeyId }) => browser.patch(`/me/mfa/passkeys/${passkeyId}`, { name: 'Work laptop' }),
  },
  {
    ...{ factor: PASSKEY, event: 'removed beside an app', kind: 'both', asks: ['password', 'second factor'] },
    act: removePasskey,
  },
  {
    ...{ factor: PASSKEY, event: 'removed, the last factor', kind: 'passkey', asks: ['password', 'second factor'] },
    act: removePasskey,
  },
  { factor: PASSKEY, event: 'signs in', kind: 'passkey', asks: ['password', 'second factor'], act: signInAgain },
  {
    ...{ factor: CODES, event: 'one signs in', kind: 'app', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => {
      const device = service.browser();
      if (omitted !== 'password') await firstStep(scene, device);
      const code = omitted === 'second factor' ? {} : { code: scene.backupCodes[0] };
      return device.post('/auth/login/mfa', { method: 'backup_code', ...code });
    },
  },
  {
    ...{ factor: CODES, event: 'made anew', kind: 'app', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => scene.browser.post('/me/mfa/backup-codes', await proof(scene, omitted)),
  },
  {
    ...{ factor: ALL, event: 'switched off by the user', kind: 'both', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => scene.browser.post('/me/mfa/disable', await proof(scene, omitted)),
  },
  {
    ...{ factor: ALL, event: 'reset by an admin', kind: 'both', asks: ['fresh proof of the admin'] },
    act: async ({ admin, adminBrowser, user }, omitted) => {
      if (omitted !== null) service.clock.advance({ seconds: 16 * 60 });
      else await service.signIn(admin, adminBrowser);
      return adminBrowser.patch(`/users/${user.id}`, { mfaEnabled: false });
    },
  },
  {
    ...{ factor: RECOVERY, event: 'named', kind: 'app', asks: ['password', 'second factor', 'mailed link'] },
    act: nameAddress,
  },
  {
    ...{ factor: RECOVERY, event: 'removed', kind: 'app', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => {
      if (omitted === 'password') await nameAddress(scene, null);
      return scene.browser.post('/me/recovery-address/remove', await proof(scene, omitted));
    },
  },
  {
    ...{ factor: RECOVERY, event: 'a recovery asked for, which waits', kind: 'app', asks: ['password', 'mailed link'] },
    act: async (scene, omitted) => {
      if (omitted === 'password') await nameAddress(scene, null);
      const device = service.browser();
      if (omitted !== 'password') await firstStep(scene, device);
      const asked = await device.post('/auth/login/recovery');
      if (asked.status >= 400) return asked;
      const token = omitted === 'mailed link' ? {} : { token: await newestToken(elsewhere(scene)) };
      return service.browser().post('/auth/recovery', token);
    },
  },
  {
    ...{ factor: DEVICE, event: 'remembered, at a sign-in', kind: 'app', asks: ['password', 'second factor'] },
    act: (scene, omitted) => signInAgain(scene, omitted, { rememberDevice: true }),
  },
  {
    ...{ factor: DEVICE, event: 'forgotten by the user', kind: 'app', asks: [] },
    act: ({ browser }) => browser.delete('/me/devices'),
  },
  {
    ...{ factor: BESIDE, event: 'changed', kind: 'app', asks: ['password', 'second factor'] },
    act: async (scene, omitted) => {
      const { password, ...shown } = (await proof(scene, omitted)) as { password?: string };
      const current = password === undefined ? {} : { currentPassword: password };
      return scene.browser.post('/me/password', { ...current, ...shown, newPassword: NEW_PASSWORD });
    },
  },
  {
    ...{ factor: BESIDE, event: 'reset by a mailed link', kind: 'app', asks: ['mailed link'] },
    act: async ({ browser, user }, omitted) => {
      await browser.post('/auth/password-reset', { email: user.email });
      const token = tokenIn((await mailsTo(service, user.email)).at(-1));
      const shown = omitted === 'mailed link' ? {} : { token };
      return service.browser().post('/auth/password-reset/confirm', { ...shown, newPassword: NEW_PASSWORD });
    },
  },
  {
    ...{ factor: 'The account', event: 'the user says: that was not me', kind: 'app', asks: [] },
    act: ({ browser }) => browser.post('/me/not-me', {}),
  },
];

async function signInAgain(scene: Scene, omitted: Ask | null, more: object = {}): Promise<Answer> {
  const device = service.browser();
  if (omitted === null) return signedIn(scene, device, more);
  if (omitted === 'second factor') {
    await firstStep(scene, device);
    return device.get('/me');
  }
  return device.post('/auth/login/mfa', { method: 'totp', code: '000000' });
}

async function removePasskey(scene: Scene, omitted: Ask | null): Promise<Answer> {
  return scene.browser.post(`/me/mfa/passkeys/${scene.passkeyId}/remove`, await proof(scene, omitted));
}

interface State {
  own: string | null;
  others: string[];
  halfDone: number;
  devices: string[];
  codes: string[];
  mails: string[];
  adminMails: string[];
  events: string[];
}

async function stateOf({ admin, browser, user: { email, id: userId } }: Scene): Promise<State> {
  const { db } = service;
  // What comes after an answer belongs to it.
  await service.resources.afterwards.settle();
  const own = await browser.get('/me');
  const ownId: string | null = own.status === 200 ? own.body.session.id : null;
  const sessions = await db.session.findMany({ where: { userId, revokedAt: null }, select: { id: true } });
  const devices = await db.rememberedDevice.findMany({ where: { userId }, select: { id: true } });
  const codes = await db.backupCode.findMany({ where: { userId, spentAt: null }, select: { hash: true } });
  const subjects = async (to: string) => (await mailsTo(service, to)).map(({ subject }) => subject);
  const events = await db.auditEvent.findMany({
    where: { OR: [{ subjectId: userId }, { actorId: userId }] },
    orderBy: { sequence: 'asc' },
    select: { action: true },
  });
  return {
    own: ownId,
    others: sessions.map(({ id }) => id).filter((id) => id !== ownId),
    halfDone: await db.signInChallenge.count({ where: { userId, consumedAt: null } }),
    devices: devices.map(({ id }) => id),
    codes: codes.map(({ hash }) => Buffer.from(hash).toString('hex')),
    mails: await subjects(email),
    adminMails: await subjects(admin.email),
    events: events.map(({ action }) => action),
  };
}

/** What of the state before is not there any more, in words. */
function endedBetween(before: State, after: State): string[] {
  const lost = (one: string[], other: string[]) => one.length > 0 && one.every((id) => !other.includes(id));
  const keptAny = after.codes.some((code) => before.codes.includes(code));
  return [
    ...(before.own !== null && after.own === null ? ['this session'] : []),
    ...(before.own !== null && after.own !== null && after.own !== before.own ? ['this session, renewed'] : []),
    ...(lost(before.others, after.others) ? ['other sessions'] : []),
    ...(before.halfDone > 0 && after.halfDone === 0 ? ['half-done sign-ins'] : []),
    ...(lost(before.devices, after.devices) ? ['remembered devices'] : []),
    ...(before.codes.length > 0 && !keptAny ? ['backup codes'] : []),
    ...(keptAny && after.codes.length < before.codes.length ? ['that backup code'] : []),
  ];
}

async function rowOf({ act, asks, event, kind }: Event): Promise<string[]> {
  const scene = await sceneOf(kind);
  for (const ask of asks) {
    const { status } = await act(scene, ask);
    expect(status, `${event} without ${ask}`).toBeGreaterThanOrEqual(400);
  }
  // What was refused leaves traces of its own.
  const before = await stateOf(scene);
  const { body, status } = await act(scene, null);
  expect(status, `${event}: ${JSON.stringify(body)}`).toBeLessThan(300);
  const after = await stateOf(scene);
  const told = [
    ...after.mails.slice(before.mails.length).map((subject) => `user: ${subject}`),
    ...after.adminMails.slice(before.adminMails.length).map((subject) => `admins: ${subject}`),
  ];
  const audited = after.events.slice(before.events.length).map((action) => `\`${action}\``);
  return [event, asks, told, audited, endedBetween(before, after)].map((cell) =>
    typeof cell === 'string' ? cell : cell.join('<br>') || '–',
  );
}

const INTRO = `# Factor by factor, event by event

Who is asked for what, who is told by mail, what the audit log says, and what ends. A test does each of these with a user who has another session, a sign-in that is half done and a remembered device, leaves each thing out that is asked for, and writes this page from what happened.
`;

// It walks more than twenty events, one after another.
const WALK_MS = 180_000;

test('the table of the documentation is what happens', { timeout: WALK_MS }, async () => {
  const sections = new Map<string, string[][]>();
  for (const event of events) sections.set(event.factor, [...(sections.get(event.factor) ?? []), await rowOf(event)]);
  const heading = ['Event', 'Asked for', 'Mailed', 'Audited', 'Ends'];
  const tables = [...sections].map(([factor, rows]) => [`## ${factor}`, '', ...tableOf([heading, ...rows])].join('\n'));
  await expect(`${[INTRO, ...tables].join('\n\n').replace('\n\n\n', '\n\n')}\n`).toMatchFileSnapshot(
    '../../../docs/guide/factor-events.md',
  );
});

/** A table of Markdown with even columns, as the formatter has it. */
function tableOf([heading = [], ...rows]: string[][]): string[] {
  const widths = heading.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
