// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './security-page.tsx';

const occurredAt = '2026-11-24T12:00:00Z';
const from = { address: '192.0.2.1', userAgent: 'curl/8', requestId: '01' };
const own = { occurredAt, outcome: 'success', isActor: true, isSubject: true, name: me.email, ...from, details: {} };
const events = [
  { ...own, id: 'e1', action: 'session.signed_in' },
  { ...own, id: 'e2', action: 'session.sign_in_failed', outcome: 'failure', isActor: false },
  { id: 'e3', occurredAt, outcome: 'success', action: 'mfa.reset', isActor: false, isSubject: true, details: {} },
  { id: 'e4', occurredAt, outcome: 'success', action: 'user.updated', isActor: true, isSubject: false, ...from },
];

function open({ user = me as object, refused = false } = {}) {
  const sent: unknown[] = [];
  serve({
    'GET /me': () => ({ body: user }),
    'GET /me/mfa': () => ({
      body: { ...me.mfa, enabled: false, canEnroll: true, policy: { required: false }, factors: [] },
    }),
    'GET /me/sessions': () => ({ body: { items: [] } }),
    'GET /me/devices': () => ({ body: { items: [] } }),
    'GET /me/events': () => ({ body: { items: events, nextCursor: null } }),
    'POST /me/not-me': (body) => {
      sent.push(body);
      return refused ? refusal(503, 'overloaded') : { body: { sessionsEnded: 1, resetStopped: false } };
    },
  });
  renderPages([{ path: '/', Component }], '/', user as typeof me);
  return { sent, user: userEvent.setup() };
}

test('events are told with the own name, and others as what they are', async () => {
  open();
  const rows = within(await screen.findByRole('list', { name: 'What happened lately' })).getAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining(`${me.name} signed in`),
    expect.stringContaining(`Somebody failed to sign in as ${me.name}`),
    expect.stringContaining(`An administrator reset two-factor authentication of ${me.name}`),
    expect.stringContaining(`${me.name} changed another account`),
  ]);
});

test('of an event one says that it was not oneself, and goes on to the password', async () => {
  const { sent, user } = open();
  const [row] = within(await screen.findByRole('list', { name: 'What happened lately' })).getAllByRole('listitem');
  if (row === undefined) throw new Error('there is no event');
  await user.click(within(row).getByRole('button', { expanded: false }));
  await user.click(within(row).getByRole('button', { name: /^That was not me/ }));
  expect(sent).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'It was not me' }));
  await screen.findByText(/one other device was signed out/);
  expect(sent).toEqual([{ eventId: 'e1' }]);
  expect(screen.getByRole('link', { name: 'Change password' }).getAttribute('href')).toBe('/account/password');
});

test('without an event, and without a password here', async () => {
  const { sent, user } = open({ user: { ...me, hasPassword: false } });
  await user.click(await screen.findByRole('button', { name: 'That was not me' }));
  await user.click(await screen.findByRole('button', { name: 'It was not me' }));
  await screen.findByText(/change your password there now/);
  expect(sent).toEqual([{}]);
  expect(screen.queryByRole('link', { name: 'Change password' })).toBeNull();
});

test('what could not be done is said in the dialog, which stays', async () => {
  const { user } = open({ refused: true });
  await user.click(await screen.findByRole('button', { name: 'That was not me' }));
  await user.click(await screen.findByRole('button', { name: 'It was not me' }));
  expect(within(await screen.findByRole('dialog')).getByRole('alert')).toBeDefined();
});
