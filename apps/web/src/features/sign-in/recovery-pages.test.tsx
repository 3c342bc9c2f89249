// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { refusal, renderPages, serve } from '../../testing/page.tsx';
import { keepChallenge } from './challenge.ts';
import { Component } from './recovery-pages.tsx';

const SignIn = () => <h1>Sign-in page</h1>;

function open(address: string, answers: Record<string, () => object> = {}) {
  const sent: unknown[] = [];
  const noted = Object.entries(answers).map(([call, answer]) => [
    call,
    (body: unknown) => {
      sent.push([call, body]);
      return answer();
    },
  ]);
  serve(Object.fromEntries(noted));
  renderPages(
    [
      { path: '/recover/*', Component },
      { path: '/sign-in', Component: SignIn },
    ],
    address,
  );
  return { sent, user: userEvent.setup() };
}

const keep = (recoveryDelayHours: number | undefined) =>
  keepChallenge({
    methods: ['totp', 'backup_code'],
    deadlineMs: Date.now() + 60_000,
    rememberDeviceDays: undefined,
    recoveryDelayHours,
    returnTo: '/users',
  });
beforeEach(() => sessionStorage.clear());

const send = () => screen.findByRole('button', { name: 'Send the link' });

test('who has lost everything has a link sent, is told for how long the reset waits, and can go back', async () => {
  keep(24);
  const { sent, user } = open('/recover/lost', { 'POST /auth/login/recovery': () => ({ status: 204 }) });
  const button = await send();
  screen.getByText(/It takes place after 24 hours/);
  expect(sent).toEqual([]);
  await user.click(button);
  await screen.findByRole('heading', { name: 'Look into your recovery mailbox' });
  expect(sent).toHaveLength(1);
  const back = screen.getByRole('link', { name: 'Back to the second step' });
  expect(back.getAttribute('href')).toBe('/sign-in/verify');
});

test('so has who came through single sign-on, whose sign-in is in the address', async () => {
  const query = new URLSearchParams({
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    recoveryDelayHours: '1',
  });
  open(`/recover/lost?${query}`);
  await send();
  screen.getByText(/It takes place after an hour/);
  const back = screen.getByRole('link', { name: 'Back to the second step' });
  expect(back.getAttribute('href')).toBe(`/sign-in/verify?${query}`);
});

test.each([
  ['nobody signs in', () => {}],
  ['the organization lets nobody', () => keep(undefined)],
])('where %s, there is nothing to ask for', async (_, prepare) => {
  prepare();
  open('/recover/lost');
  await screen.findByRole('heading', { name: 'Sign-in page' });
});

test('a sign-in that took too long begins again', async () => {
  keep(24);
  const { user } = open('/recover/lost', {
    'POST /auth/login/recovery': () => refusal(401, 'challenge_expired'),
  });
  await user.click(await send());
  const again = await screen.findByRole('link', { name: 'Start over' });
  expect(again.getAttribute('href')).toBe('/sign-in?returnTo=%2Fusers');
  expect(screen.queryByRole('button', { name: 'Send the link' })).toBeNull();
});

test('the link of the mail asks for the reset once it is pressed, and tells when it takes place', async () => {
  const { sent, user } = open('/recover#token=abc', {
    'POST /auth/recovery': () => ({ body: { dueAt: '2026-12-24T12:00:00Z' } }),
  });
  const ask = await screen.findByRole('button', { name: 'Ask for the reset' });
  expect(sent).toEqual([]);
  await user.click(ask);
  await screen.findByRole('heading', { name: 'The reset waits' });
  screen.getByText(/2026/);
  expect(sent).toEqual([['POST /auth/recovery', { token: 'abc' }]]);
});

test('the mailbox is confirmed once the button is pressed', async () => {
  const { sent, user } = open('/recover/address#token=abc', {
    'POST /auth/recovery-address/confirm': () => ({ status: 204 }),
  });
  await user.click(await screen.findByRole('button', { name: 'Confirm the address' }));
  await screen.findByRole('heading', { name: 'Your recovery address counts from now on' });
  expect(sent).toEqual([['POST /auth/recovery-address/confirm', { token: 'abc' }]]);
  expect(screen.getByRole('link', { name: 'To MFA Settings' }).getAttribute('href')).toBe('/account/mfa');
});

test.each([
  ['/recover', 'Ask for the reset', 'POST /auth/recovery'],
  ['/recover/address', 'Confirm the address', 'POST /auth/recovery-address/confirm'],
])('%s says that a link was used or is too old, and at once that its token is missing', async (path, name, call) => {
  const { user } = open(`${path}#token=abc`, { [call]: () => refusal(410, 'invalid_token') });
  await user.click(await screen.findByRole('button', { name }));
  await screen.findByText(/used already, is too old, or is incomplete/);
  expect(screen.queryByRole('button', { name })).toBeNull();
});

test.each(['/recover', '/recover/address'])('%s without its token says so at once', async (path) => {
  open(path);
  await waitFor(() => screen.getByText(/used already, is too old, or is incomplete/));
});
