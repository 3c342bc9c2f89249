// @vitest-environment happy-dom
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Me } from '../../base/api/types.ts';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import type { ServiceAccount } from './queries.ts';
import { Component } from './service-accounts-page.tsx';

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

const path = `/organizations/${me.organization.id}/service-accounts`;
const key = `sallyport_sa_${'5a'.repeat(32)}8fe5b532`;

const account: ServiceAccount = {
  id: '01-import',
  name: 'Import',
  role: 'admin',
  access: 'read_only',
  state: 'active',
  maker: { id: me.id, email: me.email },
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: null,
  lastUsedAt: null,
};

function open(accounts: ServiceAccount[], signedInAs: Me = me) {
  const sent: unknown[] = [];
  let items = accounts;
  serve({
    [`GET ${path}`]: () => ({ body: { items } }),
    [`POST ${path}`]: (body) => {
      sent.push(body);
      items = [account, ...items];
      return { status: 201, body: { ...account, key } };
    },
    [`DELETE ${path}/01-import`]: () => {
      sent.push('revoke');
      items = [];
      return { status: 204 };
    },
  });
  const router = renderPages(
    [
      { path: '/settings/service-accounts', Component },
      { path: '/elsewhere', element: 'Elsewhere' },
    ],
    '/settings/service-accounts',
    signedInAs,
  );
  return { sent, router, user: userEvent.setup() };
}

async function create(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Create service account' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Name'), ' Import ');
  await user.selectOptions(dialog.getByLabelText('Valid for'), 'Until it is revoked');
  await user.click(dialog.getByRole('button', { name: 'Create' }));
}

test('a key is shown until it is ticked as saved, wherever one goes meanwhile, and never again', async () => {
  const { sent, router, user } = open([]);
  await screen.findByText('No service accounts yet');
  await create(user);
  expect(await screen.findByDisplayValue(key)).toBeTruthy();
  expect(sent).toEqual([{ name: 'Import', role: 'admin', access: 'read_only', expiresAt: null }]);
  expect(document.activeElement?.textContent).toBe('Key of Import');

  await router.navigate('/elsewhere');
  await screen.findByText('Elsewhere');
  await router.navigate('/settings/service-accounts');
  expect(await screen.findByDisplayValue(key)).toBeTruthy();

  const done = screen.getByRole<HTMLButtonElement>('button', { name: 'Done' });
  expect(done.disabled).toBe(true);
  await user.click(screen.getByLabelText('I have saved the key'));
  await user.click(done);
  expect(screen.queryByDisplayValue(key)).toBeNull();
  expect(document.activeElement?.textContent).toBe('Create service account');
  await router.navigate('/elsewhere');
  await router.navigate('/settings/service-accounts');
  await screen.findByText('Import');
  expect(screen.queryByDisplayValue(key)).toBeNull();
});

test('a name is asked for, and a refusal is said in the dialog', async () => {
  const { user } = open([]);
  await user.click(await screen.findByRole('button', { name: 'Create service account' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  await dialog.findByText('Enter a name.');
  serve({ [`POST ${path}`]: () => refusal(409, 'too_many_service_accounts', { detail: 'Revoke one.' }) });
  await user.type(dialog.getByLabelText('Name'), 'Import');
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  await dialog.findByText('Revoke one.');
});

test('one that is refused says why, and is revoked after a question', async () => {
  const { sent, user } = open([{ ...account, state: 'stopped', maker: { id: '01-pat', email: 'pat@acme.example' } }]);
  const row = within(await screen.findByRole('listitem', { name: 'Import' }));
  expect(row.getByText('Stopped')).toBeTruthy();
  expect(row.getByText(/pat@acme.example may not sign in any more/)).toBeTruthy();
  await user.click(row.getByRole('button', { name: 'Revoke Import' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(sent).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Revoke' }));
  await waitFor(() => expect(sent).toEqual(['revoke']));
  await screen.findByText('No service accounts yet');
});

test('an admin who may only read changes nothing', async () => {
  open([account], { ...me, access: 'read_only' });
  await screen.findByText('Import');
  expect(screen.queryByRole('button', { name: /Create|Revoke/ })).toBeNull();
});
