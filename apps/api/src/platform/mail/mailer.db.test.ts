import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestSmtpServer } from '../../testing/smtp-server.ts';
import { newId } from '../crypto/ids.ts';
import { createMailer, type Mail } from './mailer.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-mailer-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

const options = () => ({
  smtpUrl: null,
  mailFrom: 'Acme Sign-in <login@acme.example>',
  publicUrl: new URL('https://login.example.com'),
  dataDir,
});

const mail = (overrides: Partial<Mail> = {}): Mail => ({
  id: newId(),
  createdAt: new Date('2026-11-24T14:06:33Z'),
  to: 'ann@acme.example',
  subject: 'Grüße – a subject',
  text: 'Grüße,\n.\n\nhttps://login.example.com/reset-password#token=abcdefghijklmnopqrstuvwxyz0123456789-_abcdefg\n',
  html: '<p>Grüße</p>\n',
  ...overrides,
});

test('files: a whole mail for each, readable by its owner only, sorting by time', async () => {
  const mailer = createMailer(options());
  const later = mail({ createdAt: new Date('2026-11-24T14:06:34Z'), to: 'bob@acme.example' });
  const earlier = mail();
  await mailer.send(later);
  await mailer.send(earlier);
  await mailer.send(earlier);
  const folder = join(dataDir, 'outbox');
  const files = (await readdir(folder)).toSorted();
  expect(files).toEqual([
    `2026-11-24T14-06-33.000Z_ann@acme.example_${earlier.id}.eml`,
    `2026-11-24T14-06-34.000Z_bob@acme.example_${later.id}.eml`,
  ]);
  const file = join(folder, files[0] ?? '');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const parsed = await simpleParser(await readFile(file));
  expect(parsed).toMatchObject({
    subject: earlier.subject,
    text: earlier.text,
    html: earlier.html,
    date: earlier.createdAt,
    messageId: `<${earlier.id}@login.example.com>`,
    from: { text: '"Acme Sign-in" <login@acme.example>' },
    to: { text: 'ann@acme.example' },
  });
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
});

test('files: no address leads out of the folder', async () => {
  const mailer = createMailer({ ...options(), dataDir: join(dataDir, 'inner') });
  await mailer.send(mail({ to: '../../../etc/x@acme.example' }));
  await mailer.send(mail({ to: `${'x'.repeat(300)}@acme.example` }));
  expect(await readdir(join(dataDir, 'inner', 'outbox'))).toHaveLength(2);
});

test('files: a folder that cannot be written is an error', async () => {
  const mailer = createMailer({ ...options(), dataDir: '/dev/null/data' });
  await expect(mailer.send(mail())).rejects.toThrow(/ENOTDIR/);
});

test('files: whoever empties the outbox may take the folder too', async () => {
  const mailer = createMailer({ ...options(), dataDir: join(dataDir, 'emptied') });
  const folder = join(dataDir, 'emptied', 'outbox');
  await mailer.send(mail());
  await rm(folder, { recursive: true });
  await mailer.send(mail());
  expect(await readdir(folder)).toHaveLength(1);
});

test('files: a mail that cannot take its place leaves nothing behind', async () => {
  const mailer = createMailer({ ...options(), dataDir: join(dataDir, 'taken') });
  const taken = mail();
  const place = join(dataDir, 'taken', 'outbox', `2026-11-24T14-06-33.000Z_ann@acme.example_${taken.id}.eml`);
  await mkdir(place, { recursive: true });
  await expect(mailer.send(taken)).rejects.toThrow(/EISDIR/);
  expect(await readdir(join(dataDir, 'taken', 'outbox'))).toHaveLength(1);
});

test('SMTP: the mail arrives whole, whatever letters its address has', async () => {
  const server = await TestSmtpServer.start();
  const mailer = createMailer({ ...options(), smtpUrl: server.url });
  const sent = mail();
  await mailer.send(sent);
  await mailer.send(mail({ to: "jörg.o'hara+x@acme.example" }));
  mailer.close();
  await server.stop();
  expect(server.received.map(({ recipients }) => recipients)).toEqual([
    ['ann@acme.example'],
    ["jörg.o'hara+x@acme.example"],
  ]);
  expect(server.received[0]?.mail).toMatchObject({ subject: sent.subject, text: sent.text, html: sent.html });
});

test('SMTP: a server that is not there is an error', async () => {
  const mailer = createMailer({ ...options(), smtpUrl: 'smtp://127.0.0.1:1' });
  await expect(mailer.send(mail())).rejects.toThrow(/ECONNREFUSED/);
  mailer.close();
});
