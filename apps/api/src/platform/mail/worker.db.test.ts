import { createSecretKey, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { testDatabase } from '../../testing/database.ts';
import { TestSmtpServer } from '../../testing/smtp-server.ts';
import { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import { createMailer, type Mail, type Mailer } from './mailer.ts';
import { MailOutbox } from './outbox.ts';
import { MailWorker } from './worker.ts';

/** Other tests may keep the processors busy. */
const patience = { timeout: 10_000 };

const keyring = new Keyring([{ id: 'a', secret: createSecretKey(randomBytes(32)) }]);
const message = (to = 'ann@acme.example') => ({
  to,
  subject: 'Subject',
  text: 'token=secret\n',
  html: '<p>token</p>\n',
});

let database: Database;
let clock: TestClock;
let log: { level: number; msg: string; mailId?: string }[];
const ends: (() => unknown)[] = [];

beforeEach(async () => {
  database = await testDatabase();
  clock = new TestClock();
  log = [];
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await database.close();
});

const worker = (mailer: Pick<Mailer, 'send'>): MailWorker => {
  const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line)) });
  const made = new MailWorker({ database, keyring, clock, mailer, logger });
  ends.push(() => made.stop());
  return made;
};
const outbox = (poked: { poke(): void } = { poke: () => undefined }) =>
  new MailOutbox({ keyring, clock, worker: poked });
const enqueue = (to?: string) => outbox().enqueue(database.client, message(to));
const rows = () => database.client.outgoingMail.findMany({ orderBy: { id: 'asc' } });

/** Keeps mails, or fails when told. */
function memoryMailer() {
  const sent: Mail[] = [];
  const mailer = {
    sent,
    failure: null as Error | null,
    async send(mail: Mail) {
      if (mailer.failure) throw mailer.failure;
      sent.push(mail);
    },
    close: () => undefined,
  };
  return mailer;
}

async function smtp() {
  const server = await TestSmtpServer.start();
  ends.push(() => server.stop());
  const mailer = createMailer({
    smtpUrl: server.url,
    mailFrom: 'login@acme.example',
    publicUrl: new URL('https://login.example.com'),
    dataDir: '/nowhere',
  });
  ends.push(() => mailer.close());
  return { server, mailer };
}

describe('the outbox', () => {
  test('SEC-10, SEC-42: keeps a message sealed, for its own row', async () => {
    await enqueue();
    const [row] = await rows();
    if (!row) throw new Error('no row');
    expect(Buffer.from(row.message).toString('latin1')).not.toContain('secret');
    expect(Buffer.from(keyring.open(row.message, `mail:${row.id}`)).toString()).toBe(JSON.stringify(message()));
    expect(row).toMatchObject({ attempts: 0, nextAttemptAt: clock.now(), createdAt: clock.now() });
  });

  test('is written with the change it tells of, or not at all', async () => {
    const mailer = memoryMailer();
    const rolledBack = database.transaction(async (tx) => {
      await outbox().enqueue(tx, message());
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await worker(mailer).deliverDue()).toBe(0);
  });
});

describe('the worker', () => {
  test('delivers over SMTP at once when poked, and forgets what it delivered', async () => {
    const { server, mailer } = await smtp();
    const running = worker(mailer);
    running.start();
    const mail = outbox(running);
    for (const to of ['ann@acme.example', 'bob@acme.example']) {
      await mail.enqueue(database.client, message(to));
      mail.poke();
    }
    await expect.poll(() => server.received.length, patience).toBe(2);
    expect(server.received.flatMap(({ recipients }) => recipients).toSorted()).toEqual([
      'ann@acme.example',
      'bob@acme.example',
    ]);
    expect(server.received[0]?.mail).toMatchObject({ subject: 'Subject', text: 'token=secret\n' });
    await expect.poll(rows, patience).toEqual([]);
    expect(await running.waiting()).toBe(0);
  });

  test('SEC-53: with SMTP down keeps the mail and tries again, later and later', async () => {
    const mailer = memoryMailer();
    mailer.failure = new Error('connect ECONNREFUSED');
    const trying = worker(mailer);
    await enqueue();
    const pauses: number[] = [];
    for (let attempt = 1; attempt < 12; attempt += 1) {
      expect(await trying.deliverDue()).toBe(0);
      const [row] = await rows();
      expect(row?.attempts).toBe(attempt);
      const seconds = ((row?.nextAttemptAt.getTime() ?? 0) - clock.now().getTime()) / 1000;
      pauses.push(seconds / 60);
      clock.advance({ seconds: seconds - 1 });
      await trying.deliverDue();
      expect((await rows())[0]?.attempts).toBe(attempt);
      clock.advance({ seconds: 1 });
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720]);
    mailer.failure = null;
    expect(await trying.deliverDue()).toBe(1);
    expect(mailer.sent[0]).toMatchObject(message());
    expect(await rows()).toEqual([]);
    expect(log.map(({ level }) => level)).toEqual(Array(11).fill(40));
  });

  test('gives up after the twelfth try, and the log says so without the words of the mail', async () => {
    const mailer = memoryMailer();
    mailer.failure = new Error('connect ECONNREFUSED');
    const trying = worker(mailer);
    await enqueue();
    const [row] = await rows();
    await database.client.outgoingMail.updateMany({ data: { attempts: 11 } });
    await trying.deliverDue();
    expect(await rows()).toEqual([]);
    expect(log).toEqual([expect.objectContaining({ level: 50, msg: 'A mail was given up.', mailId: row?.id })]);
    expect(JSON.stringify(log)).not.toContain('secret');
  });

  test('delivers to a real server that was down', async () => {
    const { server, mailer } = await smtp();
    const trying = worker(mailer);
    await enqueue();
    server.refusal = { responseCode: 451, message: 'try later' };
    expect(await trying.deliverDue()).toBe(0);
    server.refusal = null;
    expect(await trying.deliverDue()).toBe(0);
    clock.advance({ minutes: 1 });
    expect(await trying.deliverDue()).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  test('does not try again where the server refuses the recipient for good', async () => {
    const { server, mailer } = await smtp();
    server.refusal = { responseCode: 550, message: 'no such user' };
    await enqueue();
    expect(await worker(mailer).deliverDue()).toBe(0);
    expect(await rows()).toEqual([]);
    expect(log.map(({ msg }) => msg)).toEqual(['A mail was given up.']);
  });

  test('one mail that fails does not stop the others', async () => {
    const mailer = memoryMailer();
    for (let index = 0; index < 12; index += 1) await enqueue(`user${index}@acme.example`);
    const [first] = await rows();
    await database.client.outgoingMail.updateMany({
      where: { id: first?.id ?? '' },
      data: { message: Uint8Array.of(1) },
    });
    expect(await worker(mailer).deliverDue()).toBe(11);
    expect((await rows()).map(({ id }) => id)).toEqual([first?.id]);
  });

  test('several instances deliver each mail once', async () => {
    const mailer = memoryMailer();
    for (let index = 0; index < 30; index += 1) await enqueue(`user${index}@acme.example`);
    const counts = await Promise.all([1, 2, 3, 4].map(() => worker(mailer).deliverDue()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(30);
    expect(new Set(mailer.sent.map(({ to }) => to)).size).toBe(30);
    expect(mailer.sent).toHaveLength(30);
  });

  test('SEC-52: stops once what it has in hand is delivered, and takes nothing more', async () => {
    let arrived = () => {};
    let finish = () => {};
    const inHand = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const released = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow: Pick<Mailer, 'send'> = {
      send: () => {
        arrived();
        return released;
      },
    };
    const running = worker(slow);
    await enqueue();
    running.start();
    await inHand;
    const stopped = running.stop();
    finish();
    await stopped;
    expect(await rows()).toEqual([]);
    await enqueue();
    running.poke();
    await running.stop();
    expect(await rows()).toHaveLength(1);
  });

  test('SEC-53: a database that is away is no crash', async () => {
    const broken = { ...database, client: { $queryRaw: () => Promise.reject(new Error('Connection terminated')) } };
    const mailer = memoryMailer();
    const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line)) });
    const running = new MailWorker({ database: broken as unknown as Database, keyring, clock, mailer, logger });
    running.start();
    await expect.poll(() => log.length, patience).toBe(1);
    await running.stop();
  });
});
