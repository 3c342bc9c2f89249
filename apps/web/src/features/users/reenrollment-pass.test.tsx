// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { me, mia, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './edit-user-page.tsx';
import { setUnsavedPass } from './unsaved-pass.ts';

beforeEach(() => setUnsavedPass(null));

/** The page of a user with MFA, whose reset gives a pass. */
function open({ shown = { ...mia, mfaEnabled: true } as object, signedInAs = me } = {}) {
  const sent: unknown[] = [];
  const reset = { ...mia, awaitsReenrollmentPass: true };
  serve({
    'GET /users/01-mia': () => ({ body: shown, headers: { ETag: '"1"' } }),
    'PATCH /users/01-mia': (body) => {
      sent.push(body);
      return { body: { ...reset, reenrollmentPass: 'N1PT-DY8N-GBR6' }, headers: { ETag: '"2"' } };
    },
    'POST /users/01-mia/reenrollment-pass': () => ({ status: 201, body: { reenrollmentPass: '355M-W7RW-MDFV' } }),
  });
  renderPages([{ path: '/users/:id/edit', Component }], '/users/01-mia/edit', signedInAs);
  return { sent, user: userEvent.setup() };
}

const pass = () => screen.findByLabelText<HTMLInputElement>('Re-enrollment pass');

async function readOut(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('checkbox', { name: 'The user has this pass' }));
  await user.click(screen.getByRole('button', { name: 'Done' }));
}

test('a reset takes a reason, and shows the pass until the admin has read it out', async () => {
  const { sent, user } = open();
  expect(screen.queryByLabelText('Reason')).toBeNull();
  await user.click(await screen.findByRole('checkbox', { name: '2FA Auth Enabled?' }));
  await user.type(screen.getByLabelText('Reason'), 'Lost the phone');
  await user.click(screen.getByRole('button', { name: 'Update User' }));
  expect((await pass()).value).toBe('N1PT-DY8N-GBR6');
  expect(sent).toEqual([{ mfaEnabled: false, reason: 'Lost the phone' }]);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Done' }).disabled).toBe(true);
  await readOut(user);
  await waitFor(() => expect(screen.queryByLabelText('Re-enrollment pass')).toBeNull());
  screen.getByRole('button', { name: 'Give another pass' });
});

test('another pass takes the place of one that was lost', async () => {
  const { user } = open({ shown: { ...mia, awaitsReenrollmentPass: true } });
  await user.click(await screen.findByRole('button', { name: 'Give another pass' }));
  expect((await pass()).value).toBe('355M-W7RW-MDFV');
});

test.each([
  ['who may only look', { signedInAs: { ...me, access: 'read_only' as const } }],
  ['oneself', { signedInAs: { ...me, id: mia.id } }],
])('%s is given none', async (_, options) => {
  open({ shown: { ...mia, awaitsReenrollmentPass: true }, ...options });
  await screen.findByText('Waits for a re-enrollment pass');
  expect(screen.queryByRole('button', { name: 'Give another pass' })).toBeNull();
});
