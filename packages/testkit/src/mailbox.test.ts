import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Mailbox } from './mailbox.ts';

const message = (to: string, subject: string) =>
  `From: Sallyport <no-reply@sallyport.example>\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nhttp://localhost:3000/reset-password#token=${subject}\r\n`;
const mails = [
  message('mia@acme.example', 'one'),
  message('notmia@acme.example', 'two'),
  message('mia@acme.example', 'three'),
];

/** A Mailpit as its documentation says it answers: the newest first, and what holds the address as part of another. */
async function startMailpit(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://mailpit.example');
    const [, id] = /^\/mailpit\/api\/v1\/message\/(\d)\/raw$/.exec(pathname) ?? [];
    if (id !== undefined) response.end(mails[Number(id)]);
    else if (pathname === '/mailpit/api/v1/search' && searchParams.get('query') === 'to:"mia@acme.example"')
      response.end(JSON.stringify({ messages: [{ ID: '2' }, { ID: '1' }, { ID: '0' }] }));
    else response.writeHead(404).end('404 page not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mailpit`;
}

function fillOutbox(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-outbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mails.forEach((mail, index) => {
    writeFileSync(join(folder, `2026-11-29T1${index}.eml`), mail);
  });
  return folder;
}

test.each([
  ['a Mailpit', async () => new Mailbox({ mailpit: await startMailpit() })],
  ['an outbox', async () => new Mailbox({ outbox: fillOutbox() })],
])('%s has the mails of a person, oldest first', async (_, open) => {
  const mailbox = await open();
  const address = 'mia@acme.example';
  expect((await mailbox.all(address)).map(({ subject }) => subject)).toEqual(['one', 'three']);
  expect(await mailbox.link(address, '/reset-password')).toBe('http://localhost:3000/reset-password#token=three');
  expect(await mailbox.newest(address, /^o/)).toMatchObject({ to: address, subject: 'one' });
});

test('what is no Mailpit is told by name', async () => {
  const mailbox = new Mailbox({ mailpit: `${await startMailpit()}/elsewhere/` });
  await expect(mailbox.all('mia@acme.example')).rejects.toThrow(
    /Mailpit answered 404 at http.*elsewhere\/api\/v1\/search/,
  );
});
