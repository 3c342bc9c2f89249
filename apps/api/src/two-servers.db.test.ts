import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { checkPolicy, sourcePolicy } from '@sallyport/core';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SourceLimiter } from './platform/limits/limiter.ts';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from './testing/app.ts';
import { type Answer, Browser } from './testing/browser.ts';
import { testDatabaseKind } from './testing/database.ts';
import { deliveredTo, mailsTo, tokenIn } from './testing/mails.ts';
import { whileHeld } from './testing/overlap.ts';
import { databaseUrl } from './testing/postgres.ts';
import { type Server, Servers } from './testing/servers.ts';

// Each start is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const REDIS_URL = process.env.REDIS_URL ?? null;

/** Two processes behind a load balancer, on one PostgreSQL and one Redis; the embedded database has one process. */
describe.runIf(testDatabaseKind() === 'postgres')('two servers', () => {
  /** Writes to the same database what a test begins with; serves nobody. */
  let scene: TestApp;
  let url: string;
  let servers: Servers;
  let one: Server;
  let other: Server;
  let customer: TestOrganization;

  beforeAll(async () => {
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    scene = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys });
    scene.clock.set(new Date());
    url = databaseUrl(scene.resources.database);
    servers = new Servers({
      DATABASE_URL: url,
      REDIS_URL: REDIS_URL ?? '',
      SALLYPORT_ENCRYPTION_KEYS: keys,
    });
    [one, other] = await Promise.all([servers.start(), servers.start()]);
    customer = await scene.customer(await scene.partner());
  });
  afterAll(async () => {
    await servers.dispose();
    await scene.stop();
  });

  /** A source that no other test has, nor any earlier run that counted in this Redis. */
  const newSource = (): string =>
    `2001:db8:${[1, 2].map(() => randomInt(0x10000).toString(16)).join(':')}::${randomInt(0x10000).toString(16)}`;
  const browserAt = (server: Server, address = newSource()): Browser => new Browser(server.send, { address });

  const logIn = (browser: Browser, { email, password }: TestUser) => browser.post('/auth/login', { email, password });

  async function signedIn(user: TestUser, server = one): Promise<Browser> {
    const browser = browserAt(server);
    expect((await logIn(browser, user)).body.status).toBe('authenticated');
    return browser;
  }

  /** The code that an authenticator app shows now. */
  const codeOf = (secret: string): string => generateSync({ secret });

  /** A user with MFA, signed in, none of whose codes is spent. */
  async function enrolled(): Promise<{ user: TestUser; browser: Browser; secret: string; backupCodes: string[] }> {
    const user = await scene.user({ organization: customer });
    const browser = await signedIn(user);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const confirm = { password: user.password, code: codeOf(secret) };
    const { status, body } = await browser.post('/me/mfa/totp/confirm', confirm);
    expect(status).toBe(200);
    await scene.db.totpAuthenticator.update({ where: { userId: user.id }, data: { lastStep: 0 } });
    return { user, browser, secret, backupCodes: body.backupCodes };
  }

  async function challenged(user: TestUser, server: Server): Promise<Browser> {
    const browser = browserAt(server);
    expect((await logIn(browser, user)).body.status).toBe('mfa_required');
    return browser;
  }

  const verify = (browser: Browser, code: string, method = 'totp') => browser.post('/auth/login/mfa', { method, code });

  /** The user as every change of credentials, factors and sessions holds it. */
  const rowOf = ({ id }: TestUser) => ({
    text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE',
    values: [id],
  });

  /** Lets all requests be judged at both servers before the first of them goes on. */
  const atOnce = (user: TestUser, requests: (() => Promise<Answer>)[]): Promise<Answer[]> =>
    whileHeld(url, rowOf(user), requests.length, () => requests.map((request) => request()));

  const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status).sort();

  const liveSessions = ({ id: userId }: TestUser) => scene.db.session.count({ where: { userId, revokedAt: null } });

  describe('SEC-22: a session that ends at one is refused at the other at once', () => {
    const admin = async () =>
      signedIn(await scene.user({ organization: customer, role: 'admin', access: 'read_write' }));

    const endings: Record<string, (user: TestUser, owner: Browser, victim: Browser) => Promise<Answer>> = {
      'ended by its user': async (_, owner, victim) =>
        owner.delete(`/me/sessions/${(await victim.get('/me')).body.session.id}`),
      'ended with all the others': (_, owner) => owner.delete('/me/sessions'),
      'signed out': (_, __, victim) => victim.copy().post('/auth/logout'),
      'of a user who changed the password': (_, owner) =>
        owner.post('/me/password', { currentPassword: GOOD_PASSWORD, newPassword: 'quarry lantern thistle 9' }),
      'of a user who was disabled': async (user) => (await admin()).patch(`/users/${user.id}`, { status: 'disabled' }),
    };

    test.each(Object.entries(endings))('one %s', async (_, end) => {
      const user = await scene.user({ organization: customer });
      const [owner, victim] = [await signedIn(user), await signedIn(user, other)];
      expect((await victim.get('/me')).status).toBe(200);
      expect((await end(user, owner, victim.at(one.send))).status).toBeLessThan(300);
      expect((await victim.get('/me')).body.code).toBe('unauthenticated');
      expect((await victim.post('/auth/refresh')).body.code).toBe('session_expired');
    });

    test('one of a user whose MFA was reset', async () => {
      const { user, browser } = await enrolled();
      const victim = browser.at(other.send);
      expect((await victim.get('/me')).status).toBe(200);
      expect((await (await admin()).patch(`/users/${user.id}`, { mfaEnabled: false })).status).toBe(200);
      expect((await victim.get('/me')).body.code).toBe('unauthenticated');
      expect((await victim.post('/auth/refresh')).body.code).toBe('session_expired');
    });
  });

  describe('SEC-3: failures are counted over both', () => {
    const inParallel = (count: number, request: (server: Server) => Promise<Answer>): Promise<Answer[]> =>
      Promise.all(Array.from({ length: count }, (_, index) => request(index % 2 ? one : other)));

    test('wrong passwords', async () => {
      const user = await scene.user();
      const known = await signedIn(user);
      const wrong = { ...user, password: 'certainly not this one' };
      const answers = await inParallel(24, (server) => logIn(browserAt(server), wrong));
      expect(statuses(answers)).toEqual([...Array(10).fill(401), ...Array(14).fill(429)]);
      for (const server of [one, other]) expect((await logIn(browserAt(server), user)).status).toBe(429);
      // The browser that the user signed in with is known to both.
      expect((await logIn(known.at(other.send), user)).status).toBe(200);
    });

    test('wrong codes, of one challenge and of all', async () => {
      const { user, browser, secret } = await enrolled();
      const first = await challenged(user, one);
      const guess = (pending: Browser) => inParallel(8, (server) => verify(pending.copy().at(server.send), '000000'));
      const codes = (answers: Answer[]) => answers.map(({ body }) => body.code).sort();
      const fiveEach = [...Array(3).fill('challenge_expired'), ...Array(5).fill('invalid_code')];
      expect(codes(await guess(first))).toEqual(fiveEach);
      expect(codes(await guess(await challenged(user, other)))).toEqual(fiveEach);
      for (const server of [one, other]) {
        expect((await verify(await challenged(user, server), codeOf(secret))).status).toBe(429);
        const proofs = { password: user.password, code: codeOf(secret) };
        expect((await browser.at(server.send).post('/me/mfa/disable', proofs)).status).toBe(429);
      }
    });

    test('wrong checks within a session, which stop half way and lock no sign-in', async () => {
      const { user, browser, secret } = await enrolled();
      const check = (server: Server) => {
        const [path, code] = server === one ? ['totp', '000000'] : ['backup-codes', 'AAAA-AAAA-AAAA'];
        return browser.copy().at(server.send).post(`/me/mfa/${path}/check`, { code });
      };
      const { inRow } = checkPolicy.upTo;
      expect(statuses(await inParallel(20, check))).toEqual([
        ...Array(inRow).fill(401),
        ...Array(20 - inRow).fill(429),
      ]);
      for (const server of [one, other]) expect((await check(server)).status).toBe(429);
      expect((await verify(await challenged(user, other), codeOf(secret))).status).toBe(200);
    });

    /** Counts in Redis, as if so many sign-ins from there had failed. */
    async function failedFrom(source: string, times: number): Promise<void> {
      const { windowSeconds } = sourcePolicy;
      const logger = { warn: () => undefined, info: () => undefined };
      const limiter = () => SourceLimiter.open({ redisUrl: REDIS_URL, logger, policy: { failures: 1, windowSeconds } });
      const [counter, witness] = await Promise.all([limiter(), limiter()]);
      // Until both are connected, each counts by itself.
      const probe = newSource();
      await vi.waitFor(async () => {
        await counter.fail(probe);
        expect(await witness.check(probe)).not.toBeNull();
      });
      for (let i = 0; i < times; i++) await counter.fail(source);
      counter.close();
      witness.close();
    }

    test.runIf(REDIS_URL)('wrong passwords of one source', async () => {
      const source = newSource();
      await failedFrom(source, sourcePolicy.failures - 2);
      const spray = (server: Server, name: string) =>
        browserAt(server, source).post('/auth/login', { email: `${name}@example.com`, password: 'not this one' });
      expect((await spray(one, 'ann')).status).toBe(401);
      expect((await spray(other, 'bob')).status).toBe(401);
      expect((await spray(one, 'cleo')).status).toBe(429);
      expect((await spray(other, 'dan')).status).toBe(429);
    });
  });

  describe('a code that both found right before either spent it', () => {
    test('SEC-12: of an authenticator, signs in once', async () => {
      const { user, secret } = await enrolled();
      const browsers = await Promise.all([one, other, one, other].map((server) => challenged(user, server)));
      const code = codeOf(secret);
      const before = await liveSessions(user);
      const answers = await atOnce(
        user,
        browsers.map((browser) => () => verify(browser, code)),
      );
      expect(statuses(answers)).toEqual([200, 401, 401, 401]);
      expect(await liveSessions(user)).toBe(before + 1);
    });

    test('SEC-12: of an authenticator, signs in at one or switches MFA off at the other, never both', async () => {
      const { user, browser, secret } = await enrolled();
      const pending = await challenged(user, one);
      const code = codeOf(secret);
      const answers = await atOnce(user, [
        () => verify(pending, code),
        () => browser.at(other.send).post('/me/mfa/disable', { password: user.password, code }),
      ]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    });

    test('SEC-12: of an authenticator, is checked once', async () => {
      const { user, browser, secret } = await enrolled();
      const checks = [one, other].map(
        (server) => () =>
          browser
            .copy()
            .at(server.send)
            .post('/me/mfa/totp/check', { code: codeOf(secret) }),
      );
      expect(statuses(await atOnce(user, checks))).toEqual([200, 401]);
    });

    test('SEC-12: of an authenticator, signs in at one or is checked at the other, never both', async () => {
      const { user, browser, secret } = await enrolled();
      const pending = await challenged(user, one);
      const code = codeOf(secret);
      const answers = await atOnce(user, [
        () => verify(pending, code),
        () => browser.at(other.send).post('/me/mfa/totp/check', { code }),
      ]);
      expect(statuses(answers)).toEqual([200, 401]);
    });

    test('SEC-13: of the backup codes, is told to be spent where a sign-in at the other was first', async () => {
      const { user, browser, backupCodes } = await enrolled();
      const [code = ''] = backupCodes;
      const pending = await challenged(user, one);
      const [signIn, check] = await whileHeld(url, rowOf(user), 2, async (arrived) => {
        const first = verify(pending, code, 'backup_code');
        await arrived(1);
        return [first, browser.at(other.send).post('/me/mfa/backup-codes/check', { code })];
      });
      expect(signIn?.status).toBe(200);
      expect(check).toMatchObject({ status: 401, body: { code: 'invalid_code', reason: 'already_used' } });
    });

    test('SEC-13: of the backup codes, signs in once, and two different ones are both spent', async () => {
      const { user, browser, backupCodes } = await enrolled();
      const [first = '', second = '', third = ''] = backupCodes;
      const remaining = async () => (await browser.get('/me/mfa')).body.backupCodesRemaining;

      const racers = await Promise.all([one, other, one, other].map((server) => challenged(user, server)));
      const race = racers.map((racer) => () => verify(racer, first, 'backup_code'));
      expect(statuses(await atOnce(user, race))).toEqual([200, 401, 401, 401]);
      expect(await remaining()).toBe(9);

      const [left, right] = await Promise.all([challenged(user, one), challenged(user, other)]);
      const pair = [() => verify(left, second, 'backup_code'), () => verify(right, third, 'backup_code')];
      expect(statuses(await atOnce(user, pair))).toEqual([200, 200]);
      expect(await remaining()).toBe(7);
    });
  });

  test('of one link to a recovery one begins at either, and neither after a stop at the other', async () => {
    await scene.db.organization.update({ where: { id: customer.id }, data: { recoveryDelayHours: 1 } });
    const { user, browser, secret } = await enrolled();
    const address = `home-${user.email}`;
    const proofs = { password: user.password, code: codeOf(secret) };
    expect((await browser.post('/me/recovery-address', { address, ...proofs })).status).toBe(204);
    /** The token of the newest of so many mails: one of the servers delivers them, while they are looked for. */
    const tokenOf = async (count: number): Promise<string> => {
      const mails = () => deliveredTo(servers.folder, address);
      await vi.waitFor(async () => expect(await mails()).toHaveLength(count), { timeout: 30_000 });
      return tokenIn((await mails()).at(-1));
    };
    const confirm = { token: await tokenOf(1) };
    expect((await browserAt(other).post('/auth/recovery-address/confirm', confirm)).status).toBe(204);
    expect((await (await challenged(user, one)).post('/auth/login/recovery')).status).toBe(202);
    const begin = { token: await tokenOf(2) };
    const race = [one, other, one, other].map((server) => () => browserAt(server).post('/auth/recovery', begin));
    expect(statuses(await atOnce(user, race))).toEqual([200, 410, 410, 410]);
    const stops = [one, other].map((server) => () => browser.at(server.send).delete('/me/mfa/reset'));
    expect(statuses(await atOnce(user, stops))).toEqual([204, 409]);
    expect(await scene.db.waitingReset.count({ where: { userId: user.id } })).toBe(0);
  });

  describe('SEC-21: a refresh token used at both', () => {
    /** Two tabs at each server refresh at once. */
    async function raced(user: TestUser, browser: Browser): Promise<{ tabs: Browser[]; answers: Answer[] }> {
      const tokens = {
        text: `SELECT 1 FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id
          WHERE s.user_id = $1 AND s.revoked_at IS NULL FOR UPDATE`,
        values: [user.id],
      };
      const tabs = [one, other, one, other].map((server) => browser.copy().at(server.send));
      const answers = await whileHeld(url, tokens, tabs.length, () => tabs.map((tab) => tab.post('/auth/refresh')));
      return { tabs, answers };
    }

    test('at the same time is taken, each time for another one', async () => {
      const user = await scene.user();
      const { tabs, answers } = await raced(user, await signedIn(user));
      expect(statuses(answers)).toEqual([204, 204, 204, 204]);
      expect(new Set(tabs.map(({ jar }) => jar.get('sallyport_refresh'))).size).toBe(4);
      for (const tab of tabs) expect((await tab.get('/me')).status).toBe(200);
    });

    test('after the time for that ends the session at both, which is told once', async () => {
      const user = await scene.user();
      const owner = await signedIn(user);
      const stolen = owner.copy();
      expect((await owner.at(other.send).post('/auth/refresh')).status).toBe(204);
      await scene.db.refreshToken.updateMany({
        where: { session: { userId: user.id }, usedAt: { not: null } },
        data: { usedAt: new Date(Date.now() - 10_000) },
      });
      const { answers } = await raced(user, stolen);
      expect(statuses(answers)).toEqual([401, 401, 401, 401]);
      expect(answers.map(({ body }) => body.code)).toContain('refresh_token_reused');
      for (const server of [one, other]) {
        expect((await owner.at(server.send).get('/me')).status).toBe(401);
        expect((await owner.copy().at(server.send).post('/auth/refresh')).body.code).toBe('session_expired');
      }
      const told = { subjectId: user.id, action: 'session.refresh_token_reused' };
      expect(await scene.db.auditEvent.count({ where: told })).toBe(1);
    });
  });

  describe('SEC-5: what is under way at one when a mailed reset commits at the other changes nothing', () => {
    const VICTIMS_PASSWORD = 'quarry lantern thistle 9';
    const THIEFS_PASSWORD = 'marble kettle window 71';

    /** The answer to `request`, which was judged before the reset committed, and goes on after it. */
    async function overtaken(user: TestUser, request: () => Promise<Answer>): Promise<Answer | undefined> {
      const { database } = scene.resources;
      const token = await database.transaction((tx) =>
        scene.services.emailedTokens.issue(tx, user.id, 'password_reset'),
      );
      const confirm = { token, newPassword: VICTIMS_PASSWORD };
      const [reset, answer] = await whileHeld(url, rowOf(user), 2, async (arrived) => {
        const first = browserAt(other).post('/auth/password-reset/confirm', confirm);
        await arrived(1);
        return [first, request()];
      });
      expect(reset?.status).toBe(204);
      expect(await liveSessions(user)).toBe(0);
      return answer;
    }

    const stillVictims = async (user: TestUser, status = 'authenticated') =>
      expect((await logIn(browserAt(one), { ...user, password: VICTIMS_PASSWORD })).body.status).toBe(status);

    test('a change of the password', async () => {
      const user = await scene.user();
      const thief = await signedIn(user);
      const change = { currentPassword: GOOD_PASSWORD, newPassword: THIEFS_PASSWORD };
      expect((await overtaken(user, () => thief.post('/me/password', change)))?.status).toBe(401);
      await stillVictims(user);
    });

    test('an enrolment', async () => {
      const user = await scene.user();
      const thief = await signedIn(user);
      const { secret } = (await thief.post('/me/mfa/totp')).body;
      const confirm = { password: GOOD_PASSWORD, code: codeOf(secret) };
      expect((await overtaken(user, () => thief.post('/me/mfa/totp/confirm', confirm)))?.status).toBe(401);
      await stillVictims(user);
    });

    test.each(['/me/mfa/disable', '/me/mfa/backup-codes'])('%s', async (path) => {
      const { user, browser: thief, secret } = await enrolled();
      const proofs = { password: GOOD_PASSWORD, code: codeOf(secret) };
      expect((await overtaken(user, () => thief.post(path, proofs)))?.status).toBe(401);
      await stillVictims(user, 'mfa_required');
    });

    test('a sign-in with the old password', async () => {
      const user = await scene.user();
      expect((await overtaken(user, () => logIn(browserAt(one), user)))?.status).toBe(401);
      await stillVictims(user);
    });

    test('a second step that began with the old password', async () => {
      const { user, secret } = await enrolled();
      const pending = await challenged(user, one);
      expect((await overtaken(user, () => verify(pending, codeOf(secret))))?.status).toBe(401);
      await stillVictims(user, 'mfa_required');
    });
  });

  describe('SEC-52: a server that is told to stop', () => {
    test('does what it has answered for: the mails of password resets are written', async () => {
      const users = await Promise.all(Array.from({ length: 6 }, () => scene.user()));
      const leaving = await servers.start();
      const asked = users.map(({ email }) => browserAt(leaving).post('/auth/password-reset', { email }));
      expect(statuses(await Promise.all(asked))).toEqual(Array(6).fill(202));
      expect(await leaving.stop()).toBe(0);

      for (const { id, email } of users) {
        const delivered = await deliveredTo(servers.folder, email);
        expect(delivered.length + (await mailsTo(scene, email)).length).toBe(1);
        expect(await scene.db.emailedToken.count({ where: { userId: id } })).toBe(1);
      }
    });

    test('ends what is under way, and takes nothing new', async () => {
      const { user, secret } = await enrolled();
      const leaving = await servers.start();
      const pending = await challenged(user, leaving);
      let gone: Promise<number | null> | undefined;
      const [answer] = await whileHeld(
        url,
        rowOf(user),
        1,
        () => [verify(pending, codeOf(secret))],
        async () => {
          gone = leaving.stop();
          await vi.waitFor(() => expect(fetch(join(leaving.url, 'healthz'))).rejects.toThrow(), { timeout: 60_000 });
        },
      );
      expect(answer?.status).toBe(200);
      expect(await gone).toBe(0);
      expect((await pending.at(one.send).get('/me')).status).toBe(200);
    });
  });
});
