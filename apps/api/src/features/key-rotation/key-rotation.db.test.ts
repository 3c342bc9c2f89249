import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Keyring } from '../../platform/crypto/keyring.ts';
import { checkKeyring } from '../../platform/crypto/keyring-check.ts';
import { GOOD_PASSWORD, TestApp } from '../../testing/app.ts';
import { KeyRotationService, sealedColumns } from './index.ts';

let service: TestApp;
beforeEach(async () => {
  const [first, second] = [randomBytes(32), randomBytes(32)].map((secret) => secret.toString('base64'));
  // A server that knows the new key already, and still seals under the old one.
  service = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: `old:${first},new:${second}` });
});
afterEach(() => service.stop());

/** What the operator has: the new key first. */
const withNewKey = () => new Keyring([...service.config.encryptionKeys].reverse());

const rotationWith = (keyring: Keyring) =>
  new KeyRotationService({ database: service.resources.database, keyring, audit: service.services.audit });

const sealedTexts = async (): Promise<Uint8Array[]> => [
  ...(await service.db.totpAuthenticator.findMany()).map(({ secret }) => secret),
  ...(await service.db.pendingEnrollment.findMany()).map(({ secret }) => secret),
  ...(await service.db.totpCandidate.findMany()).map(({ secret }) => secret),
  ...(await service.db.backupCodeSet.findMany()).flatMap(({ secret }) => secret ?? []),
  ...(await service.db.outgoingMail.findMany()).map(({ message }) => message),
  ...(await service.db.signingKey.findMany()).map(({ privateKey }) => privateKey),
  ...(await service.db.personKey.findMany()).map(({ key }) => key),
];

describe('keys rotate', () => {
  test('SEC-55: seals every secret again under the first key, and the service goes on with both', async () => {
    const { user, browser: owner, secret, backupCodes } = await service.enrolledUser();
    const proof = { password: GOOD_PASSWORD, code: service.code(secret) };
    const { secret: next } = (await owner.post('/me/mfa/totp/candidate', proof)).body;
    await owner.post('/me/mfa/totp/candidate/confirm', { code: service.code(next) });
    service.clock.advance({ seconds: 60 });
    await (await service.signIn(await service.user())).post('/me/mfa/totp');
    const earlier = await service.enrolledUser();
    await service.db.backupCodeSet.update({ where: { userId: earlier.user.id }, data: { secret: null } });
    const keyring = withNewKey();

    const texts = await sealedTexts();
    // Two authenticators and a candidate, a pending enrolment, a set of backup codes, three mails of these, a signing key,
    // and the keys of three persons.
    expect(texts).toHaveLength(12);
    const progress: [number, number][] = [];
    expect(await rotationWith(keyring).rotate((done, total) => progress.push([done, total]))).toEqual({
      keyId: 'new',
      resealed: 12,
      unreadable: [],
      unusedKeyIds: ['old'],
      usedKeyIds: [],
    });
    expect(progress.at(-1)).toEqual([12, 12]);
    expect((await sealedTexts()).map((text) => keyring.keyIdOf(text))).toEqual(Array(12).fill('new'));
    expect((await service.db.encryptionKeyCheck.findMany()).map(({ keyId }) => keyId)).toEqual(['new']);
    expect(await service.db.auditEvent.count({ where: { action: 'keys.rotated' } })).toBe(1);

    // A start with the new key alone finds nothing missing; authenticator and backup codes work.
    await checkKeyring(service.resources.database, new Keyring(service.config.encryptionKeys.slice(1)), sealedColumns);
    const browser = service.browser();
    await browser.post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
    const verified = await browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(verified.body).toMatchObject({ status: 'authenticated' });
    const another = service.browser();
    await another.post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
    const byCode = await another.post('/auth/login/mfa', { method: 'backup_code', code: backupCodes[0] });
    expect(byCode.body).toMatchObject({ status: 'authenticated' });
    const third = service.browser();
    await third.post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
    const takenOver = await third.post('/auth/login/mfa', { method: 'totp', code: service.code(next) });
    expect(takenOver.body).toMatchObject({ status: 'authenticated' });
  });

  test('SEC-55: a key under which only backup codes are keyed is not let go', async () => {
    const { user } = await service.enrolledUser();
    const keyring = withNewKey();
    const { secret } = await service.db.backupCodeSet.findUniqueOrThrow({ where: { userId: user.id } });
    await rotationWith(keyring).rotate();
    await service.db.backupCodeSet.update({ where: { userId: user.id }, data: { secret } });
    await service.db.encryptionKeyCheck.create({ data: { keyId: 'old', sealed: new Uint8Array() } });
    const withoutOld = new Keyring(service.config.encryptionKeys.slice(1));
    await expect(checkKeyring(service.resources.database, withoutOld, sealedColumns)).rejects.toThrow(
      '"old" is missing, and this database holds secrets sealed with it',
    );
  });

  test('a second run finds nothing to do, and is not audited', async () => {
    const keyring = withNewKey();
    await rotationWith(keyring).rotate();
    expect(await rotationWith(keyring).rotate()).toMatchObject({ resealed: 0, unusedKeyIds: ['old'] });
    expect(await service.db.auditEvent.count({ where: { action: 'keys.rotated' } })).toBe(1);
  });

  test('a run that was broken off is finished by the next', async () => {
    // One after another: each moves the clock, and a code lives for a step or two.
    for (let i = 0; i < 3; i++) await service.enrolledUser();
    const keyring = withNewKey();
    let seen = 0;
    const stopped = rotationWith(keyring).rotate(() => {
      seen += 1;
      if (seen === 2) throw new Error('killed');
    });
    await expect(stopped).rejects.toThrow('killed');
    const texts = (await sealedTexts()).map((text) => keyring.keyIdOf(text));
    expect(texts.filter((id) => id === 'new')).toHaveLength(2);

    expect(await rotationWith(keyring).rotate()).toMatchObject({ resealed: texts.length - 2, usedKeyIds: [] });
  });

  test('SEC-55: writes that go on meanwhile are neither lost nor overwritten', async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => service.user()));
    const browsers = await Promise.all(users.map((user) => service.signIn(user)));
    for (const browser of browsers) await browser.post('/me/mfa/totp');
    const keyring = withNewKey();

    // The server still seals under the old key: each start of an enrolment replaces a row that is being sealed again.
    const [, ...started] = await Promise.all([
      rotationWith(keyring).rotate(),
      ...browsers.map((browser) => browser.post('/me/mfa/totp')),
    ]);
    const outcome = await rotationWith(keyring).rotate();
    expect(outcome).toMatchObject({ unreadable: [], usedKeyIds: [] });

    const confirmed = await Promise.all(
      browsers.map((browser, index) =>
        browser.post('/me/mfa/totp/confirm', {
          password: GOOD_PASSWORD,
          code: service.code(started[index]?.body.secret),
        }),
      ),
    );
    expect(confirmed.map(({ status }) => status)).toEqual(users.map(() => 200));
  });

  test('SEC-10: what was altered or moved to another row is named and left as it is', async () => {
    const [first, second] = [await service.enrolledUser(), await service.enrolledUser()];
    const { secret } = await service.db.totpAuthenticator.findUniqueOrThrow({ where: { userId: first.user.id } });
    await service.db.totpAuthenticator.update({ where: { userId: second.user.id }, data: { secret } });

    const outcome = await rotationWith(withNewKey()).rotate();
    expect(outcome).toMatchObject({
      unreadable: [{ table: 'totp_authenticators', key: second.user.id }],
      unusedKeyIds: [],
      usedKeyIds: ['old'],
    });
    const after = await service.db.totpAuthenticator.findUniqueOrThrow({ where: { userId: second.user.id } });
    expect(after.secret).toEqual(secret);
  });
});
