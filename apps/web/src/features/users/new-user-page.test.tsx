// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './new-user-page.tsx';

test('the initial password is judged by the minimum of the organization that the user gets', async () => {
  const sent: object[] = [];
  const other = { ...me.organization, id: '01-other', name: 'Other' };
  serve({
    'GET /organizations': () => ({ body: { items: [me.organization, other], nextCursor: null } }),
    'GET /organizations/01-other/settings': () => ({ body: { minimumPasswordLength: 14 } }),
    'POST /users': (body) => {
      sent.push(body as object);
      return refusal(409, 'email_taken');
    },
  });
  const partner = { ...me, organization: { ...me.organization, kind: 'partner' as const } };
  renderPages([{ path: '/users/new', Component }], '/users/new?organization=01-other', partner);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Email'), 'mia@other.test');
  await user.type(screen.getByLabelText('Name'), 'Mia');
  await user.click(screen.getByRole('radio', { name: 'Set a password now' }));
  await screen.findByText(/At least 14 characters/);
  await user.type(screen.getByLabelText('Initial password'), 'thistle lante');
  await user.click(screen.getByRole('button', { name: 'Create user' }));
  expect(await screen.findAllByText('Use at least 14 characters.')).not.toHaveLength(0);
  expect(sent).toEqual([]);

  await user.type(screen.getByLabelText('Initial password'), 'rn');
  await user.click(screen.getByRole('button', { name: 'Create user' }));
  await screen.findByText('Another user has this email address');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Email')));
  expect(sent).toMatchObject([{ organizationId: '01-other', password: 'thistle lantern' }]);
});

test('where passwords are of no use, none is asked for', async () => {
  const sent: object[] = [];
  serve({
    'GET /organizations': () => ({ body: { items: [me.organization], nextCursor: null } }),
    [`GET /organizations/${me.organization.id}/settings`]: () => ({
      body: { minimumPasswordLength: 8, localSignInEnabled: false },
    }),
    'POST /users': (body) => {
      sent.push(body as object);
      return refusal(409, 'email_taken');
    },
  });
  renderPages([{ path: '/users/new', Component }], '/users/new', me);
  const user = userEvent.setup();
  await screen.findByText(/sign in through single sign-on alone/);
  expect(screen.queryByRole('radio', { name: 'Set a password now' })).toBeNull();
  await user.type(screen.getByLabelText('Email'), 'mia@other.test');
  await user.type(screen.getByLabelText('Name'), 'Mia');
  await user.click(screen.getByRole('button', { name: 'Create user and send invitation' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).not.toHaveProperty('password');
});
