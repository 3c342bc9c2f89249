// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, mia, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './edit-user-page.tsx';

function open(options: { shown?: object; refused?: boolean; signedInAs?: typeof me } = {}) {
  const { shown = mia, refused = false, signedInAs = me } = options;
  const sent: string[] = [];
  serve({
    'GET /users/01-mia': () => ({ body: shown, headers: { ETag: '"1"' } }),
    'POST /users/01-mia/sso-link': () => {
      sent.push('link');
      return refused ? refusal(409, 'not_linkable', { detail: 'Add its domain.' }) : { status: 204 };
    },
    'POST /users/01-mia/local-password/remove': () => {
      sent.push('remove');
      return { body: { ...mia, hasPassword: false }, headers: { ETag: '"2"' } };
    },
  });
  renderPages([{ path: '/users/:id/edit', Component }], '/users/01-mia/edit', signedInAs);
  return { sent, user: userEvent.setup() };
}

test('an admin mails a link', async () => {
  const { sent, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Mail a link to connect' }));
  await screen.findByText(/A link is on its way/);
  expect(sent).toEqual(['link']);
});

test('where it leads nowhere, that is said', async () => {
  const { user } = open({ refused: true });
  await user.click(await screen.findByRole('button', { name: 'Mail a link to connect' }));
  await screen.findByText('Add its domain.');
});

test('the password is taken away once that is confirmed, and the panel goes with it', async () => {
  const { sent, user } = open();
  await user.click(await screen.findByRole('button', { name: 'Make SSO-only' }));
  const dialog = await screen.findByRole('dialog', { name: 'Make Mia SSO-only?' });
  expect(sent).toEqual([]);
  await user.click([...dialog.querySelectorAll('button')].at(-1) as HTMLButtonElement);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Make SSO-only' })).toBeNull());
  expect(sent).toEqual(['remove']);
});

test.each([
  ['who may only look', { signedInAs: { ...me, access: 'read_only' as const } }],
  ['of a user without a password', { shown: { ...mia, hasPassword: false } }],
  ['of oneself', { signedInAs: { ...me, id: mia.id } }],
])('there is no such button for %s', async (_, options) => {
  open(options);
  await screen.findByRole('heading', { name: 'Edit Mia' });
  expect(screen.queryByRole('button', { name: 'Make SSO-only' })).toBeNull();
});
