import { createHmac, generateKeyPairSync, sign as signEd25519 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { sessionsStore } from './store.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const access = 'sallyport_access';

describe('access tokens', () => {
  test('SEC-20: they live five minutes', async () => {
    const browser = await service.signIn(await service.user());
    service.clock.advance({ seconds: 299 });
    expect((await browser.get('/me')).status).toBe(200);
    service.clock.advance({ seconds: 1 });
    expect((await browser.get('/me')).body.code).toBe('unauthenticated');
    expect((await browser.post('/auth/refresh')).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(200);
  });

  test('SEC-20: any other algorithm, key, audience, issuer or type is refused', async () => {
    const browser = await service.signIn(await service.user());
    const token = browser.jar.get(access) ?? '';
    const [head = '', payload = ''] = token.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString());
    expect(header).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const { privateKey, publicKey } = service.resources.signingKeys.current();
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const sign = (changes: { header?: object; claims?: object; key?: string } = {}) => {
      const input = `${encode({ ...header, ...changes.header })}.${encode({ ...claims, ...changes.claims })}`;
      return `${input}.${signEd25519(null, Buffer.from(input), changes.key ?? privateKey).toString('base64url')}`;
    };
    const hmacInput = `${encode({ ...header, alg: 'HS256' })}.${payload}`;
    const stranger = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const nobody = '019b0000-0000-7000-8000-000000000000';
    const forged: Record<string, string> = {
      'alg none': `${encode({ ...header, alg: 'none' })}.${payload}.`,
      'HS256 with the public key': `${hmacInput}.${createHmac('sha256', publicKey).update(hmacInput).digest('base64url')}`,
      'foreign key': sign({ key: stranger }),
      'unknown kid': sign({ header: { kid: 'somebody-else' } }),
      audience: sign({ claims: { aud: 'other' } }),
      issuer: sign({ claims: { iss: 'https://elsewhere.example' } }),
      type: sign({ header: { typ: 'JWT' } }),
      'no session': sign({ claims: { sid: undefined } }),
      'other session': sign({ claims: { sid: nobody } }),
      'other user': sign({ claims: { sub: nobody } }),
      'no expiry': sign({ claims: { exp: undefined } }),
      altered: `${head}.${encode({ ...claims, aal: 2 })}.${token.split('.')[2]}`,
    };
    for (const [name, text] of Object.entries(forged)) {
      browser.jar.set(access, text);
      expect([name, (await browser.get('/me')).status]).toEqual([name, 401]);
    }
    browser.jar.set(access, sign());
    expect((await browser.get('/me')).status).toBe(200);
  });

  test('the public keys are published', async () => {
    const { body } = await service.app.inject('/.well-known/jwks.json');
    const { kid } = service.resources.signingKeys.current();
    expect(JSON.parse(body).keys).toContainEqual(expect.objectContaining({ kid, kty: 'OKP', crv: 'Ed25519' }));
    expect(body).not.toContain('"d"');
  });
});

const refresh = (browser: Browser) => browser.post('/auth/refresh');

describe('refresh', () => {
  test('SEC-21: a refresh token is rotated at each use and stored as a hash', async () => {
    const browser = await service.signIn(await service.user());
    const before = browser.jar.get('sallyport_refresh') ?? '';
    await refresh(browser);
    const after = browser.jar.get('sallyport_refresh') ?? '';
    expect(after).not.toBe(before);
    const rows = await service.db.refreshToken.findMany();
    const stored = rows.map(({ hash }) => Buffer.from(hash).toString('base64url'));
    expect(stored).not.toContain(after);
  });

  test('SEC-21: parallel tabs may use one token within ten seconds', async () => {
    const browser = await service.signIn(await service.user());
    const tabs = Array.from({ length: 5 }, () => browser.copy());
    const statuses = await Promise.all(tabs.map(async (tab) => (await refresh(tab)).status));
    expect(statuses).toEqual([204, 204, 204, 204, 204]);
    for (const tab of tabs) expect((await tab.get('/me')).status).toBe(200);
  });

  test('SEC-21: a second use after that ends the whole session and is audited', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const thief = browser.copy();
    await refresh(browser);
    service.clock.advance({ seconds: 10 });
    expect(await refresh(thief)).toMatchObject({ status: 401, body: { code: 'refresh_token_reused' } });
    expect((await browser.get('/me')).status).toBe(401);
    expect((await refresh(browser)).body.code).toBe('session_expired');
    expect(
      await service.db.auditEvent.count({ where: { subjectId: user.id, action: 'session.refresh_token_reused' } }),
    ).toBe(1);
  });

  test('without a token, or with a made-up one', async () => {
    const browser = service.browser();
    expect((await refresh(browser)).body.code).toBe('session_expired');
    browser.jar.set('sallyport_refresh', 'made-up');
    const answer = await refresh(browser);
    expect(answer.body.code).toBe('session_expired');
    expect(browser.jar.has('sallyport_refresh')).toBe(false);
  });

  test('SEC-6: sessions begun by password are refused once local sign-in is off', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    await service.db.organization.update({ where: { id: user.organization.id }, data: { localSignInEnabled: false } });
    expect((await refresh(browser)).body.code).toBe('session_expired');
    expect((await browser.get('/me')).status).toBe(401);
  });
});

describe('the end of a session', () => {
  test('SEC-20: after 60 minutes idle', async () => {
    const browser = await service.signIn(await service.user());
    service.clock.advance({ minutes: 59 });
    expect((await browser.post('/auth/refresh')).status).toBe(204);
    service.clock.advance({ minutes: 60 });
    expect((await browser.post('/auth/refresh')).body.code).toBe('session_expired');
  });

  test('SEC-20: after 12 hours', async () => {
    const browser = await service.signIn(await service.user());
    for (let i = 0; i < 23; i++) {
      service.clock.advance({ minutes: 30 });
      expect((await browser.post('/auth/refresh')).status).toBe(204);
    }
    service.clock.advance({ minutes: 30 });
    expect((await browser.post('/auth/refresh')).body.code).toBe('session_expired');
  });

  describe('SEC-20: by the settings of the organization, or of the partner it follows', () => {
    const openings: Record<string, (user: TestUser) => Promise<Browser>> = {
      'a password': (user) => service.signIn(user),
      'a second step': async (user) => {
        const { secret } = await service.enroll(await service.signIn(user));
        const browser = service.browser();
        await browser.post('/auth/login', { email: user.email, password: user.password });
        await browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
        return browser;
      },
      'an enrolment': async (user) => {
        const browser = await service.signIn(user);
        const { secret } = (await browser.post('/me/mfa/totp')).body;
        await browser.post('/me/mfa/totp/confirm', { password: user.password, code: service.code(secret) });
        return browser;
      },
    };

    async function userUnder(settings: { sessionLifetimeMinutes: number; sessionIdleMinutes: number }) {
      const partner = await service.partner();
      await service.db.organization.update({ where: { id: partner.id }, data: settings });
      return service.user({ organization: await service.customer(partner) });
    }

    test.each(Object.entries(openings))('one that began with %s', async (_, open) => {
      const idle = await open(await userUnder({ sessionLifetimeMinutes: 720, sessionIdleMinutes: 20 }));
      service.clock.advance({ minutes: 19 });
      expect((await refresh(idle)).status).toBe(204);
      service.clock.advance({ minutes: 20 });
      expect((await refresh(idle)).body.code).toBe('session_expired');

      const busy = await open(await userUnder({ sessionLifetimeMinutes: 90, sessionIdleMinutes: 60 }));
      service.clock.advance({ minutes: 45 });
      expect((await refresh(busy)).status).toBe(204);
      service.clock.advance({ minutes: 44 });
      expect((await refresh(busy)).status).toBe(204);
      service.clock.advance({ minutes: 1 });
      expect((await refresh(busy)).body.code).toBe('session_expired');
    });
  });

  test('SEC-22: signing out ends it at once', async () => {
    const browser = await service.signIn(await service.user());
    const thief = browser.copy();
    expect((await browser.post('/auth/logout')).status).toBe(204);
    expect(browser.jar.has(access)).toBe(false);
    expect((await thief.get('/me')).status).toBe(401);
    expect((await service.browser().post('/auth/logout')).status).toBe(204);
  });

  test('SEC-4: a session at aal 1 counts for nothing once its user has a second factor', async () => {
    const { user } = await service.enrolledUser();
    const { row, issued } = service.services.sessions.prepare(
      { address: '192.0.2.1', userAgent: '', requestId: '' },
      {
        userId: user.id,
        organizationId: user.organization.id,
        method: 'password',
        aal: 1,
        lifetimeMinutes: 60,
        idleMinutes: 60,
      },
    );
    await sessionsStore(service.db).insert(row);
    const browser = service.browser();
    browser.jar.set('sallyport_refresh', issued.refreshToken);
    expect((await browser.post('/auth/refresh')).body.code).toBe('session_expired');
  });

  test('the user sees the sessions and ends one, or all the others', async () => {
    const user = await service.user();
    const [first, second, third] = [await service.signIn(user), await service.signIn(user), await service.signIn(user)];
    const { items } = (await first.get('/me/sessions')).body;
    expect(items).toHaveLength(3);
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const { id } = (await second.get('/me')).body.session;
    expect((await first.delete(`/me/sessions/${id}`)).status).toBe(204);
    expect((await second.get('/me')).status).toBe(401);
    expect((await first.delete(`/me/sessions/${id}`)).body.code).toBe('not_found');
    expect((await first.delete('/me/sessions')).status).toBe(204);
    expect((await third.get('/me')).status).toBe(401);
    expect((await first.get('/me')).status).toBe(200);
  });

  test('nobody ends the session of somebody else', async () => {
    const victim = await service.signIn(await service.user());
    const { id } = (await victim.get('/me')).body.session;
    const other = await service.signIn(await service.user());
    expect((await other.delete(`/me/sessions/${id}`)).status).toBe(404);
    expect((await victim.get('/me')).status).toBe(200);
  });
});
