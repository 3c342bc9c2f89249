// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { me, mia, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './edit-user-page.tsx';
import { setUnsavedPass } from './unsaved-pass.ts';

beforeEach(() => setUnsavedPass(null));

const on = { ...mia, mfaEnabled: true };
const pendingReset = {
  requestedAt: '2026-01-01T00:00:00Z',
  requestedBy: 'bob@customer.test',
  reason: 'Lost the phone',
  dueAt: '2026-01-02T00:00:00Z',
  needsSecondAdmin: true,
  expiresAt: '2026-01-08T00:00:00Z',
};

/** The page of a user whose reset waits, until it is approved or stopped. */
function open({ reset = pendingReset as object | null, signedInAs = me, refused = false } = {}) {
  const sent: unknown[] = [];
  let shown: object = reset === null ? on : { ...on, pendingReset: reset };
  serve({
    'GET /users/01-mia': () => ({ body: shown, headers: { ETag: '"1"' } }),
    'PATCH /users/01-mia': () => {
      shown = { ...on, pendingReset: { ...pendingReset, requestedBy: me.email } };
      return { body: shown, headers: { ETag: '"2"' } };
    },
    'POST /users/01-mia/mfa-reset/approve': () => {
      sent.push('approve');
      if (refused) return refusal(409, 'no_reset_waits', { detail: 'No reset of this user waits for your approval.' });
      shown = mia;
      return { body: { ...mia, reenrollmentPass: 'N1PT-DY8N-GBR6' }, headers: { ETag: '"3"' } };
    },
    'DELETE /users/01-mia/mfa-reset': () => {
      sent.push('stop');
      shown = on;
      return { status: 204 };
    },
  });
  renderPages([{ path: '/users/:id/edit', Component }], '/users/01-mia/edit', signedInAs);
  return { sent, user: userEvent.setup() };
}

const approveButton = () => screen.queryByRole('button', { name: 'Approve the reset' });
const title = 'A reset of two-factor authentication waits';

test('another admin approves it, and is shown the pass that comes with the reset', async () => {
  const { sent, user } = open();
  await screen.findByText('Lost the phone');
  screen.getByText('bob@customer.test');
  expect(screen.getByRole('checkbox', { name: '2FA Auth Enabled?' })).toHaveProperty('disabled', true);
  await user.click(approveButton() as HTMLElement);
  expect((await screen.findByLabelText<HTMLInputElement>('Re-enrollment pass')).value).toBe('N1PT-DY8N-GBR6');
  expect(screen.queryByText(title)).toBeNull();
  expect(sent).toEqual(['approve']);
});

test('it is stopped, and the box can be unticked again', async () => {
  const { sent, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Stop the reset' }));
  await waitFor(() => expect(screen.queryByText(title)).toBeNull());
  expect(screen.getByRole('checkbox', { name: '2FA Auth Enabled?' })).toHaveProperty('disabled', false);
  expect(sent).toEqual(['stop']);
});

test('what became of it meanwhile is said', async () => {
  const { user } = open({ refused: true });
  await screen.findByText(title);
  await user.click(approveButton() as HTMLElement);
  await screen.findByText('No reset of this user waits for your approval.');
});

test('who asks for one is told that it waits, and cannot approve it', async () => {
  const { user } = open({ reset: null });
  await user.click(await screen.findByRole('checkbox', { name: '2FA Auth Enabled?' }));
  await user.click(screen.getByRole('button', { name: 'Update User' }));
  await screen.findByText('The reset of Mia was asked for, and waits.');
  screen.getByText(title);
  expect(approveButton()).toBeNull();
  screen.getByRole('button', { name: 'Stop the reset' });
});

test.each([
  ['nobody who may only look', { signedInAs: { ...me, access: 'read_only' as const } }],
  ['not the user itself', { signedInAs: { ...me, id: mia.id } }],
  [
    'nobody a second time',
    { reset: { ...pendingReset, needsSecondAdmin: false, approvedAt: '2026-01-01T01:00:00Z', approvedBy: null } },
  ],
])('%s approves it', async (_, options) => {
  open(options);
  await screen.findByText(title);
  expect(approveButton()).toBeNull();
});
