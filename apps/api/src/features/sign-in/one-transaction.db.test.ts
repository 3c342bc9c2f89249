import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

async function challenged(user: TestUser, browser = service.browser()): Promise<Browser> {
  await browser.post('/auth/login', { email: user.email, password: user.password });
  return browser;
}

const verify = (browser: Browser, code = '', method = 'backup_code') =>
  browser.post('/auth/login/mfa', { method, code });

const unspent = (user: TestUser) => service.db.backupCode.count({ where: { userId: user.id, spentAt: null } });
const sessions = (user: TestUser) => service.db.session.count({ where: { userId: user.id, revokedAt: null } });

describe('SEC-13: a backup code and the session it opens are one transaction', () => {
  test.each(['sessions', 'refresh_tokens', 'known_devices', 'audit_events', 'outgoing_mails'])(
    'where %s cannot be written, neither is',
    async (table) => {
      const { user, backupCodes } = await service.enrolledUser();
      const browser = await challenged(user);
      const before = await sessions(user);
      const refused = await service.unwritable(table, () => verify(browser, backupCodes[0]));
      expect(refused).toMatchObject({ status: 503, cookies: [] });
      expect([await unspent(user), await sessions(user)]).toEqual([10, before]);
      // The challenge is not spent either, and the code that was refused serves.
      expect((await verify(browser, backupCodes[0])).status).toBe(200);
      expect([await unspent(user), await sessions(user)]).toEqual([9, before + 1]);
      expect((await service.mailsTo(user.email)).filter((subject) => /backup code/.test(subject))).toHaveLength(1);
    },
  );

  test('the code of a change that cannot be written is not spent', async () => {
    const { user, browser, backupCodes } = await service.enrolledUser();
    const proofs = { password: GOOD_PASSWORD, code: backupCodes[0] };
    for (const path of ['/me/mfa/disable', '/me/mfa/backup-codes']) {
      expect((await service.unwritable('outgoing_mails', () => browser.post(path, proofs))).status).toBe(503);
      expect(await unspent(user)).toBe(10);
    }
  });
});

describe('SEC-13: what comes after the commit turns no spent code into a refusal', () => {
  test('mail that is not delivered', async () => {
    const { user, backupCodes } = await service.enrolledUser();
    const { mailWorker } = service.resources;
    await mailWorker.deliverDue();
    // Where the folder of the mails should be is a file, so none can be written.
    const outbox = join(service.config.dataDir, 'outbox');
    await rm(outbox, { recursive: true });
    await writeFile(outbox, '');
    mailWorker.start();
    const browser = await challenged(user);
    expect((await verify(browser, backupCodes[0])).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(200);
    await mailWorker.stop();
    // It waits, and comes once it can be delivered.
    expect(await mailWorker.waiting()).toBe(1);
    await rm(outbox);
    await mkdir(outbox);
    service.clock.advance({ hours: 1 });
    expect((await service.mailsTo(user.email)).filter((subject) => /backup code/.test(subject))).toHaveLength(1);
  });
});

test('SEC-2: a right password signs in though its hash cannot be made anew', async () => {
  const user = await service.user();
  const { hasher } = service.resources;
  const verifyPassword = hasher.verify;
  hasher.verify = async (...args) => ({ ...(await verifyPassword(...args)), outdated: true });
  try {
    await service.unwritable('local_credentials', () => service.signIn(user));
  } finally {
    hasher.verify = verifyPassword;
  }
});
