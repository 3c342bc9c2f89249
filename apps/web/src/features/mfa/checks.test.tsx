// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { AppCheck } from './app-check.tsx';
import { Component } from './mfa-page.tsx';

beforeEach(() => sessionStorage.clear());

const owner = { ...me, mfa: { ...me.mfa, enabled: true, canEnroll: false } };
const app = {
  id: '01-app',
  kind: 'totp',
  name: 'Authenticator app',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
};

/** A user whose app is to be checked, on a page of the test. */
function open(answers: Parameters<typeof serve>[0] = {}, page = '/') {
  const sent: unknown[] = [];
  let checkDue = true;
  serve({
    'GET /me': () => ({ body: owner }),
    'GET /me/mfa': () => ({
      body: { enabled: true, canEnroll: false, backupCodesRemaining: 8, checkDue, checkDueAt: null, factors: [app] },
    }),
    'POST /me/mfa/totp/check': (body: unknown) => {
      sent.push(body);
      checkDue = false;
      return { body: { checkDueAt: '2026-12-28T00:00:00Z' } };
    },
    ...answers,
  });
  const routes = [
    { path: '/', element: <AppCheck /> },
    { path: '/account/mfa', Component },
  ];
  const router = renderPages(routes, page, owner);
  return { router, sent, user: userEvent.setup() };
}

const banner = () => screen.findByRole('region', { name: 'Is your authenticator app still there?' });
const noBanner = () => waitFor(() => expect(screen.queryByRole('region')).toBeNull());
const refusedCode =
  (reason: string, more: object = {}) =>
  () =>
    refusal(401, 'invalid_code', { reason, ...more });

test('one code of the app is asked for, and the page thanks for it', async () => {
  const { sent, user } = open();
  await banner();
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('Enter the 6 digits from your app.')).toBeTruthy();
  await user.type(screen.getByLabelText('Code from your app'), '123 456');
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect((await screen.findByRole('status')).textContent).toContain('Your authenticator app is there');
  expect(sent).toEqual([{ code: '123456' }]);
  await noBanner();
});

test('put off, it is gone on every page until the next sign-in', async () => {
  const { router, user } = open();
  await banner();
  await user.click(screen.getByRole('button', { name: 'Not now' }));
  await noBanner();
  await router.navigate('/account/mfa');
  expect(await screen.findByRole('button', { name: 'Test a backup code' })).toBeTruthy();
  await noBanner();

  const next = { ...owner, session: { ...owner.session, id: '02-session' } };
  renderPages([{ path: '/', element: <AppCheck /> }], '/', next);
  await banner();
});

test.each([
  ['a spent one', 'already_used', {}, 'This code was already used. Enter another one.'],
  ['a clock that is off', 'clock_skew', { clockSkewSeconds: 180 }, /about 3 minutes fast/],
  ['a wrong one', 'wrong', {}, /Wait for the next one and enter it/],
] as const)('what is known of a refused code is said: %s', async (_, reason, more, text) => {
  const { user } = open({ 'POST /me/mfa/totp/check': refusedCode(reason, more) });
  await banner();
  await user.type(screen.getByLabelText('Code from your app'), '123456');
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText(text)).toBeTruthy();
});

test('without the app, the way leads to the change of phones', async () => {
  const { user } = open();
  await banner();
  await user.click(screen.getByRole('link', { name: 'Change phone in MFA Settings' }));
  expect(await screen.findByRole('button', { name: 'Change phone' })).toBeTruthy();
  expect(screen.getByText(/Press Change phone below/)).toBeTruthy();
});

test('backup codes are tested, one after another', async () => {
  const answers = [
    () => ({ body: { backupCodesRemaining: 8 } }),
    refusedCode('already_used'),
    refusedCode('wrong'),
    () => refusal(429, 'too_many_attempts'),
  ];
  const tested: unknown[] = [];
  const { user } = open(
    {
      'POST /me/mfa/backup-codes/check': (body: unknown) => {
        tested.push(body);
        return answers[tested.length - 1]?.() ?? expect.fail('one too many');
      },
    },
    '/account/mfa',
  );
  await user.click(await screen.findByRole('button', { name: 'Test a backup code' }));
  const submit = async (code: string) => {
    await user.type(await screen.findByLabelText('Backup code'), code);
    await user.click(screen.getByRole('button', { name: 'Test' }));
  };
  await submit(' N4PT-DY8N-GBR6 ');
  expect(await screen.findByText(/You have 8 left, this one included/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Backup code').value).toBe('');
  await submit('N4PT-DY8N-GBR7');
  expect(await screen.findByText('This code was already used. Enter another one.')).toBeTruthy();
  expect(screen.queryByText('This code is good')).toBeNull();
  await submit('N4PT-DY8N-GBR8');
  expect(await screen.findByText(/This is none of your backup codes/)).toBeTruthy();
  await submit('N4PT-DY8N-GBR9');
  expect(await screen.findByText('Too many attempts')).toBeTruthy();
  expect(tested[0]).toEqual({ code: 'N4PT-DY8N-GBR6' });
});
