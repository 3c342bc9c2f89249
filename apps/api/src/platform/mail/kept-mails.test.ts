import { expect, test } from 'vitest';
import { KeptMails } from './kept-mails.ts';
import type { Mail, Mailer } from './mailer.ts';

const mail = (id: string, to = 'ann@acme.example'): Mail => ({
  ...{ id, to, subject: `Mail ${id}`, text: 'text', html: 'html' },
  createdAt: new Date('2026-03-01T12:00:00Z'),
});

const mailer = (send: Mailer['send'] = async () => undefined): Mailer => ({
  send,
  verify: async () => undefined,
  close: () => undefined,
});

test('what is handed on is kept, once', async () => {
  const kept = new KeptMails();
  const failing = kept.over(mailer(() => Promise.reject(new Error('no server'))));
  await expect(failing.send(mail('1'))).rejects.toThrow('no server');
  const sent: Mail[] = [];
  const working = kept.over(mailer(async (each) => void sent.push(each)));
  await working.send(mail('1'));
  await working.send(mail('2', 'bob@acme.example'));
  expect(sent.map(({ id }) => id)).toEqual(['1', '2']);
  expect(kept.list().map(({ id }) => id)).toEqual(['1', '2']);
  kept.forget(new Set(['ann@acme.example']));
  expect(kept.list().map(({ id }) => id)).toEqual(['2']);
});

test('SEC-58: the newest thousand are kept', async () => {
  const kept = new KeptMails();
  const working = kept.over(mailer());
  for (let index = 0; index < 1005; index += 1) await working.send(mail(String(index)));
  const ids = kept.list().map(({ id }) => id);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([1000, '5', '1004']);
});
