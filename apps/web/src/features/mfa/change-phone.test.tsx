// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './mfa-page.tsx';

const app = {
  id: '01-app',
  kind: 'totp',
  name: 'Authenticator app',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
};
const candidate = { createdAt: '2026-03-01T12:00:00Z', expiresAt: '2026-03-08T12:00:00Z' };

/** The page of a user with an app, who changes phones. */
function open(answers: Parameters<typeof serve>[0] = {}) {
  const sent: [path: string, body: unknown][] = [];
  let waiting = false;
  serve({
    'GET /me': () => ({ body: { ...me, mfa: { ...me.mfa, enabled: true, canEnroll: false } } }),
    'GET /me/mfa': () => ({
      body: {
        ...{ enabled: true, canEnroll: false, backupCodesRemaining: 10, factors: [app] },
        ...(waiting ? { candidate } : {}),
      },
    }),
    'POST /me/mfa/totp/candidate': (body: unknown) => {
      sent.push(['start', body]);
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      return {
        status: 201,
        body: { secret: 'JBSWY3DPEHPK3PXP', otpauthUri: 'otpauth://totp/x', qrCode: 'data:image/svg+xml,', expiresAt },
      };
    },
    'POST /me/mfa/totp/candidate/confirm': (body: unknown) => {
      sent.push(['confirm', body]);
      waiting = true;
      return { body: candidate };
    },
    'DELETE /me/mfa/totp/candidate': () => {
      sent.push(['give up', undefined]);
      waiting = false;
      return { status: 204 };
    },
    ...answers,
  });
  renderPages([{ path: '/', Component }], '/', { ...me, mfa: { ...me.mfa, enabled: true, canEnroll: false } });
  return { sent, user: userEvent.setup() };
}

async function prove(user: ReturnType<typeof userEvent.setup>, code: string) {
  await user.click(await screen.findByRole('button', { name: 'Change phone' }));
  await user.type(await screen.findByLabelText('Current password'), 'quarry lantern');
  await user.type(screen.getByLabelText('6-digit code'), code);
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
}

test('who it is, the scan and a code; then the page says what is left to do, and gives the way back', async () => {
  const { sent, user } = open();
  await prove(user, '123456');
  expect(await screen.findByRole('img', { name: 'QR code' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(await screen.findByText(/6 digits/)).toBeTruthy();
  await user.type(screen.getByLabelText('6-digit code'), '654321');
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(await screen.findByText('Your new phone is set up')).toBeTruthy();
  expect(screen.getByText(/Sign in once with a code of it, until/)).toBeTruthy();
  expect(sent).toEqual([
    ['start', { password: 'quarry lantern', code: '123456' }],
    ['confirm', { code: '654321' }],
  ]);

  await user.click(screen.getByRole('button', { name: 'Give the new phone up' }));
  const buttons = await screen.findAllByRole('button', { name: 'Give the new phone up' });
  await user.click(buttons.at(-1) as HTMLElement);
  await waitFor(() => expect(screen.queryByText('Your new phone is set up')).toBeNull());
});

test('a key that is too old, or was replaced, is begun anew', async () => {
  const { user } = open({ 'POST /me/mfa/totp/candidate/confirm': () => refusal(409, 'no_pending_enrollment') });
  await prove(user, '123456');
  await user.type(await screen.findByLabelText('6-digit code'), '654321');
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  await user.click(await screen.findByRole('button', { name: 'Start again' }));
  expect(await screen.findByLabelText('Current password')).toBeTruthy();
});

test('a code of a new phone that waits is named where one of the old is asked for', async () => {
  const detail = 'This code is of the new authenticator app.';
  const { user } = open({
    'POST /me/mfa/totp/candidate': () => {
      const refused = refusal(401, 'invalid_code');
      return { ...refused, body: { ...refused.body, reason: 'candidate', detail } };
    },
  });
  await prove(user, '123456');
  expect(await screen.findByText(detail)).toBeTruthy();
});
