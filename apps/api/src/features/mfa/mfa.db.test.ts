import { randomBytes } from 'node:crypto';
import { APP_CHECK_SECONDS } from '@sallyport/core';
import jsQR from 'jsqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, NO_CHECK, NOT_REQUIRED, TestApp } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

/** The picture as a camera sees it, RGBA: the runs of dark modules that its path draws, six pixels a module. */
function photographed(dataUrl: string): { pixels: Uint8ClampedArray; side: number } {
  const svg = Buffer.from(dataUrl.replace('data:image/svg+xml;base64,', ''), 'base64').toString('utf8');
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const side = modules * 6;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * 6; row < (Number(y) + 1) * 6; row++) {
      for (let at = row * side + Number(x) * 6; at < row * side + (Number(x) + Number(width)) * 6; at++)
        pixels.fill(0, at * 4, at * 4 + 3);
    }
  }
  return { pixels, side };
}

const proofs = (code: string, password = GOOD_PASSWORD) => ({ password, code });

describe('enrolment', () => {
  test('the key, its URI and the QR code say the same', async () => {
    const user = await service.user();
    const { status, body, headers } = await (await service.signIn(user)).post('/me/mfa/totp');
    expect(status).toBe(201);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.expiresAt).toBe(new Date(service.clock.now().getTime() + 600_000).toISOString());
    const uri = new URL(body.otpauthUri);
    expect(`${uri.protocol}//${uri.host}`).toBe('otpauth://totp');
    expect(decodeURIComponent(uri.pathname)).toBe(`/Sallyport:${user.email}`);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: body.secret, issuer: 'Sallyport' });
    const { pixels, side } = photographed(body.qrCode);
    expect(jsQR(pixels, side, side)?.data).toBe(body.otpauthUri);
  });

  test('password and code turn it on, with ten backup codes', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const { status, body, headers } = await browser.post('/me/mfa/totp/confirm', proofs(service.code(secret)));
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(new Set(body.backupCodes).size).toBe(10);
    expect((await browser.get('/me/mfa')).body).toEqual({
      ...NOT_REQUIRED,
      enabled: true,
      canEnroll: false,
      reason: 'mfa_already_enabled',
      enrolledAt: service.clock.now().toISOString(),
      backupCodesRemaining: 10,
      checkDueAt: new Date(service.clock.now().getTime() + APP_CHECK_SECONDS * 1000).toISOString(),
      checkDue: false,
      factors: [
        {
          id: expect.any(String),
          kind: 'totp',
          name: 'Authenticator app',
          createdAt: service.clock.now().toISOString(),
          lastUsedAt: null,
        },
      ],
    });
    expect((await browser.get('/me')).body).toMatchObject({ mfa: { enabled: true }, session: { aal: 2 } });
  });

  test('SEC-11: it needs a session, the password and a valid code, and changes nothing before', async () => {
    expect((await service.browser().post('/me/mfa/totp')).body.code).toBe('unauthenticated');
    const user = await service.user();
    const browser = await service.signIn(user);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(secret), 'wrong'))).body.code).toBe(
      'invalid_credentials',
    );
    expect((await browser.post('/me/mfa/totp/confirm', proofs('000000'))).body.code).toBe('invalid_code');
    expect((await browser.get('/me/mfa')).body).toEqual({
      enabled: false,
      canEnroll: true,
      ...NOT_REQUIRED,
      ...NO_CHECK,
      factors: [],
    });
    await service.signIn(user);
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(secret)))).status).toBe(200);
  });

  test('SEC-11: each start makes a new secret and ends the earlier one', async () => {
    const browser = await service.signIn(await service.user());
    const first = (await browser.post('/me/mfa/totp')).body;
    const second = (await browser.post('/me/mfa/totp')).body;
    expect(second.secret).not.toBe(first.secret);
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(first.secret)))).body.code).toBe(
      'invalid_code',
    );
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(second.secret)))).status).toBe(200);
  });

  test('SEC-11: it is bound to its session and ends after ten minutes', async () => {
    const user = await service.user();
    const [browser, other] = [await service.signIn(user), await service.signIn(user)];
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    expect((await other.post('/me/mfa/totp/confirm', proofs(service.code(secret)))).body.code).toBe(
      'no_pending_enrollment',
    );
    service.clock.advance({ minutes: 10 });
    await browser.post('/auth/refresh');
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(secret)))).body.code).toBe(
      'no_pending_enrollment',
    );
  });

  test('SEC-58: what was begun is removed once it is over, and not before', async () => {
    const { mfa } = service.services;
    const user = await service.user();
    await (await service.signIn(user)).post('/me/mfa/totp');
    await mfa.purge();
    const left = () => service.db.pendingEnrollment.count({ where: { userId: user.id } });
    service.clock.advance({ minutes: 10 });
    await mfa.purge();
    expect(await left()).toBe(1);
    service.clock.advance({ seconds: 1 });
    expect(await mfa.purge()).toBeGreaterThan(0);
    expect(await left()).toBe(0);
  });

  test('SEC-11: a stolen session cannot swap the authenticator', async () => {
    const { browser } = await service.enrolledUser();
    expect(await browser.post('/me/mfa/totp')).toMatchObject({ status: 409, body: { code: 'mfa_already_enabled' } });
    expect(await browser.post('/me/mfa/totp/confirm', proofs('123456'))).toMatchObject({
      status: 409,
      body: { code: 'mfa_already_enabled' },
    });
  });

  test('of parallel confirmations one succeeds', async () => {
    const browser = await service.signIn(await service.user());
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const code = service.code(secret);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => browser.copy().post('/me/mfa/totp/confirm', proofs(code))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('SEC-12: the code that confirmed is spent', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const code = service.code(secret);
    await browser.post('/me/mfa/totp/confirm', proofs(code));
    expect((await browser.post('/me/mfa/disable', proofs(code))).body.code).toBe('invalid_code');
  });

  test('a user with SSO only cannot enrol and is told why', async () => {
    const user = await service.user({ password: null });
    const { row, issued } = service.services.sessions.prepare(
      { address: '192.0.2.1', userAgent: '', requestId: '' },
      {
        userId: user.id,
        organizationId: user.organization.id,
        method: 'sso',
        aal: 1,
        lifetimeMinutes: 60,
        idleMinutes: 60,
      },
    );
    const { sessionsStore } = await import('../access/store.ts');
    await sessionsStore(service.db).insert(row);
    const browser = service.browser();
    browser.jar.set('sallyport_refresh', issued.refreshToken);
    await browser.post('/auth/refresh');
    expect((await browser.get('/me/mfa')).body).toEqual({
      ...NOT_REQUIRED,
      enabled: false,
      canEnroll: false,
      reason: 'mfa_requires_local_password',
      ...NO_CHECK,
      factors: [],
    });
    expect(await browser.post('/me/mfa/totp')).toMatchObject({
      status: 409,
      body: { code: 'mfa_requires_local_password' },
    });
  });

  test('SEC-10: the secret is sealed for its user and record', async () => {
    const one = await service.enrolledUser();
    const other = await service.enrolledUser();
    const rows = await service.db.totpAuthenticator.findMany({
      where: { userId: { in: [one.user.id, other.user.id] } },
    });
    const mine = rows.find(({ userId }) => userId === one.user.id);
    const theirs = rows.find(({ userId }) => userId === other.user.id);
    expect(Buffer.from(mine?.secret ?? []).toString('latin1')).not.toContain(one.secret);
    await service.db.totpAuthenticator.update({
      where: { userId: one.user.id },
      data: { secret: theirs?.secret ?? new Uint8Array() },
    });
    const answer = await one.browser.post('/me/mfa/disable', proofs(service.code(other.secret)));
    expect(answer.status).toBe(500);
    expect((await one.browser.get('/me/mfa')).body.enabled).toBe(true);
  });

  test('SEC-10: nor does it open as another record of the same user', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const { secret: sealed } = await service.db.totpAuthenticator.findUniqueOrThrow({ where: { userId: user.id } });
    expect((await browser.post('/me/mfa/disable', proofs(service.code(secret)))).status).toBe(204);
    await browser.post('/me/mfa/totp');
    await service.db.pendingEnrollment.update({ where: { userId: user.id }, data: { secret: sealed } });
    service.clock.advance({ seconds: 30 });
    expect((await browser.post('/me/mfa/totp/confirm', proofs(service.code(secret)))).status).toBe(500);
    expect((await browser.get('/me/mfa')).body.enabled).toBe(false);
  });

  test('SEC-13: backup codes have 60 bits and are stored as argon2id, keyed and salted by their set', async () => {
    const { user, backupCodes } = await service.enrolledUser();
    for (const code of backupCodes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const set = await service.db.backupCodeSet.findUniqueOrThrow({
      where: { userId: user.id },
      include: { codes: true },
    });
    const { hasher, keyring } = service.resources;
    const secret = keyring.open(set.secret ?? new Uint8Array(), `backup-codes:${user.id}`);
    expect(secret).toHaveLength(32);
    const inputs = backupCodes.map((code: string) => code.replaceAll('-', ''));
    const inOrder = (hashes: Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex')).sort();
    const stored = inOrder(set.codes.map(({ hash }) => hash));
    expect(inOrder(await hasher.deriveKeyed(inputs, set.salt, secret))).toEqual(stored);
    // Without the secret, which the database holds only sealed, nobody finds a code in it.
    const unkeyed = await Promise.all(inputs.map((input: string) => hasher.deriveUnkeyed(input, set.salt)));
    expect(inOrder(unkeyed).filter((hash) => stored.includes(hash))).toEqual([]);
  });

  test("SEC-13: another user's codes do not open with this one's secret", async () => {
    const [first, second] = [await service.enrolledUser(), await service.enrolledUser()];
    const { secret } = await service.db.backupCodeSet.findUniqueOrThrow({ where: { userId: first.user.id } });
    await service.db.backupCodeSet.update({ where: { userId: second.user.id }, data: { secret } });
    const answer = await second.browser.post('/me/mfa/disable', proofs(second.backupCodes[0] ?? ''));
    expect(answer.status).toBe(500);
  });

  test('SEC-13: codes of before they were keyed go on working, each once; new ones are keyed', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const salt = Uint8Array.from(randomBytes(16));
    const hash = await service.resources.hasher.deriveUnkeyed('ABCDEFGH1234', salt);
    await service.db.backupCode.deleteMany({ where: { userId: user.id } });
    const data = { salt, secret: null, codes: { create: { hash } } };
    await service.db.backupCodeSet.update({ where: { userId: user.id }, data });

    const signIn = async (code: string) => {
      const other = service.browser();
      await other.post('/auth/login', { email: user.email, password: user.password });
      return (await other.post('/auth/login/mfa', { method: 'backup_code', code })).status;
    };
    expect(await signIn('abcd-efgh-1235')).toBe(401);
    expect(await signIn('abcd-efgh-1234')).toBe(200);
    expect(await signIn('abcd-efgh-1234')).toBe(401);

    const { body } = await browser.post('/me/mfa/backup-codes', proofs(service.code(secret)));
    expect((await service.db.backupCodeSet.findUniqueOrThrow({ where: { userId: user.id } })).secret).not.toBeNull();
    expect(await signIn(body.backupCodes[0])).toBe(200);
    service.clock.advance({ seconds: 30 });
  });
});

describe('afterwards', () => {
  test('SEC-15: enabling and disabling end every other session, mail the user and are audited', async () => {
    const user = await service.user();
    const [browser, other] = [await service.signIn(user), await service.signIn(user)];
    const { secret } = await service.enroll(browser);
    expect((await other.get('/me')).status).toBe(401);
    const again = service.browser();
    await again.post('/auth/login', { email: user.email, password: user.password });
    await again.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    service.clock.advance({ seconds: 30 });
    expect((await browser.post('/me/mfa/disable', proofs(service.code(secret)))).status).toBe(204);
    expect((await again.get('/me')).status).toBe(401);
    expect((await browser.get('/me/mfa')).body).toEqual({
      enabled: false,
      canEnroll: true,
      ...NOT_REQUIRED,
      ...NO_CHECK,
      factors: [],
    });
    const events = await service.db.auditEvent.findMany({
      where: { subjectId: user.id, action: { startsWith: 'mfa.' } },
    });
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['mfa.enrollment_started', 'mfa.enabled', 'mfa.disabled']),
    );
    expect(await service.mailsTo(user.email)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/two-factor authentication is (now )?on|enabled/i),
        expect.stringMatching(/two-factor authentication is (now )?off|disabled/i),
      ]),
    );
  });

  test('SEC-14: disabling and regenerating ask for password and code again, and count what is wrong', async () => {
    const { browser, secret, backupCodes } = await service.enrolledUser();
    for (const path of ['/me/mfa/disable', '/me/mfa/backup-codes']) {
      expect((await browser.post(path, proofs(service.code(secret), 'wrong'))).body.code).toBe('invalid_credentials');
      expect((await browser.post(path, proofs('000000'))).body.code).toBe('invalid_code');
    }
    expect((await browser.post('/me/mfa/backup-codes', proofs(service.code(secret)))).body.backupCodes).toHaveLength(
      10,
    );
    service.clock.advance({ seconds: 30 });
    expect((await browser.post('/me/mfa/disable', proofs(backupCodes[0] ?? ''))).body.code).toBe('invalid_code');
    for (let i = 0; i < 9; i++) await browser.post('/me/mfa/disable', proofs('000000'));
    expect((await browser.post('/me/mfa/disable', proofs(service.code(secret)))).status).toBe(429);
  });

  test('SEC-14: wrong passwords inside a session are counted', async () => {
    const { browser, secret } = await service.enrolledUser();
    for (let i = 0; i < 10; i++) await browser.post('/me/mfa/disable', proofs(service.code(secret), `wrong ${i}`));
    expect((await browser.post('/me/mfa/disable', proofs(service.code(secret)))).status).toBe(429);
  });

  test('SEC-13: a backup code renews the codes and disables too, and each time its use is told', async () => {
    const { user, browser, backupCodes } = await service.enrolledUser();
    const told = async () =>
      (await service.eventsOf(user, 'backup_code.used')).map(({ details }: { details: unknown }) => details);
    const { body: renewed } = await browser.post('/me/mfa/backup-codes', proofs(backupCodes[3] ?? ''));
    expect(await told()).toEqual([{ remaining: 9 }]);
    expect((await browser.post('/me/mfa/disable', proofs(renewed.backupCodes[0]))).status).toBe(204);
    expect(await told()).toEqual([{ remaining: 9 }, { remaining: 9 }]);
    expect((await service.mailsTo(user.email)).filter((subject) => /backup code was used/i.test(subject))).toHaveLength(
      2,
    );
    expect((await browser.post('/me/mfa/disable', proofs('123456'))).body.code).toBe('mfa_not_enabled');
    expect((await browser.post('/me/mfa/backup-codes', proofs('123456'))).body.code).toBe('mfa_not_enabled');
  });

  test('SEC-23: the step to aal 2 changes the session', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const thief = browser.copy();
    const before = (await browser.get('/me')).body.session.id;
    await service.enroll(browser);
    expect((await browser.get('/me')).body.session).toMatchObject({ aal: 2, id: expect.not.stringMatching(before) });
    expect((await thief.get('/me')).status).toBe(401);
    expect((await thief.post('/auth/refresh')).status).toBe(401);
  });
});
