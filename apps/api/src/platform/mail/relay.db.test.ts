import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { createLogger } from '../../logger.ts';
import { openResources, type Resources } from '../../resources.ts';
import { testDatabase, testDatabaseKind } from '../../testing/database.ts';
import { TestSmtpServer } from '../../testing/smtp-server.ts';
import type { Database } from '../database/database.ts';

/** Instances on one PostgreSQL; on the embedded database there is one. */
const key = `key:${randomBytes(32).toString('base64')}`;

let database: Database;
let smtp: TestSmtpServer;
let folder: string;
const instances: Resources[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-relay-'));
  database = await testDatabase();
  smtp = await TestSmtpServer.start();
});
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance.close();
  await smtp.stop();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function instance(smtpUrl = ''): Promise<Resources> {
  const env = { DATABASE_URL: 'postgres://one.example/all', SALLYPORT_ENCRYPTION_KEYS: key, SMTP_URL: smtpUrl };
  const config = loadConfig({ ...env, SALLYPORT_DATA_DIR: folder, LOG_LEVEL: 'silent' });
  // The database is closed once, at the end.
  const shared = { ...database, close: async () => {} };
  const made = await openResources(config, createLogger('silent'), { database: shared });
  instances.push(made);
  return made;
}

const enqueue = ({ mail }: Resources) =>
  mail.enqueue(database.client, { to: 'ann@acme.example', subject: 'Subject', text: 'text', html: 'html' });

test('alone without SMTP_URL an instance puts mail into its folder', async () => {
  const lone = await instance();
  await enqueue(lone);
  expect(await lone.mailWorker.deliverDue()).toBe(1);
  expect(readdirSync(join(folder, 'outbox'))).toHaveLength(1);
});

if (testDatabaseKind() === 'postgres') {
  test('beside one that has SMTP_URL it leaves all mail to that one, also while that is started anew', async () => {
    const [relay, other] = [await instance(smtp.url), await instance()];
    await enqueue(other);
    expect(await other.mailWorker.deliverDue()).toBe(0);
    expect(await relay.mailWorker.deliverDue()).toBe(1);

    await relay.close();
    await enqueue(other);
    expect(await other.mailWorker.deliverDue()).toBe(0);
    expect(await other.mailWorker.waiting()).toBe(1);
    expect(await (await instance(smtp.url)).mailWorker.deliverDue()).toBe(1);
  });
}
