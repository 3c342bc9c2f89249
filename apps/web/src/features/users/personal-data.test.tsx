// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { me, mia, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './edit-user-page.tsx';

afterEach(() => vi.restoreAllMocks());

const exported = {
  exportedAt: '2026-11-29T23:59:00.000Z',
  user: { id: mia.id, email: mia.email, organizationId: me.organization.id },
  data: { users: [{ email: mia.email }] },
};
const refused = refusal(409, 'last_admin', { detail: 'Nobody could manage it.' });

function open(options: { refusals?: ReturnType<typeof refusal>[]; shown?: typeof mia; signedInAs?: typeof me } = {}) {
  const { refusals = [], shown = mia, signedInAs = me } = options;
  const sent: unknown[] = [];
  serve({
    'GET /users/01-mia': () => ({ body: shown, headers: { ETag: '"1"' } }),
    'GET /users/01-mia/export': () => refusals.shift() ?? { body: exported },
    'POST /users/01-mia/erase': (body) => {
      sent.push(body);
      return refusals.shift() ?? { status: 204 };
    },
  });
  const pages = [
    { path: '/users/:id/edit', Component },
    { path: '/users', element: <h1>Users</h1> },
  ];
  renderPages(pages, '/users/01-mia/edit', signedInAs);
  return { sent, user: userEvent.setup() };
}

async function openDialog(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Erase this person' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Erase Mia?' }));
  const address = dialog.getByRole<HTMLInputElement>('textbox', { name: 'Address of the user' });
  return { dialog, address, erase: dialog.getByRole('button', { name: 'Erase this person' }) };
}

test('an admin downloads what is kept of a user, in a file that names user and day', async () => {
  const blobs: Blob[] = [];
  const names: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Export data' }));
  await screen.findByText('The file was downloaded.');
  expect(names).toEqual(['sallyport-mia@customer.test-2026-11-29.json']);
  expect(blobs[0]?.type).toContain('application/json');
  expect(JSON.parse((await blobs[0]?.text()) ?? '')).toEqual(exported);
});

test('an export that fails says so', async () => {
  const { user } = open({ refusals: [refusal(503, 'unavailable')] });
  await user.click(await screen.findByRole('button', { name: 'Export data' }));
  await screen.findByText('The service is not available right now');
  expect(screen.queryByText('The file was downloaded.')).toBeNull();
});

test('a user is erased by its address alone, in whatever spelling', async () => {
  const { sent, user } = open();
  const { dialog, address, erase } = await openDialog(user);
  await waitFor(() => expect(document.activeElement).toBe(address));
  await user.paste('max@customer.test');
  await user.keyboard('{Enter}');
  await dialog.findByText('This is not the address of the user.');
  expect([sent, document.activeElement]).toEqual([[], address]);

  await user.clear(address);
  await user.paste(' Mia@CUSTOMER.test');
  await user.click(erase);
  await screen.findByRole('heading', { name: 'Users' });
  expect(sent).toHaveLength(1);
});

test('what the service refuses is said in the dialog, at the field where it is about the address', async () => {
  const errors = [{ pointer: '/email', message: 'must be another' }];
  const { sent, user } = open({ refusals: [refused, refusal(400, 'invalid_request', { errors })] });
  const { dialog, address, erase } = await openDialog(user);
  await user.click(address);
  await user.paste(mia.email);
  await user.click(erase);
  expect((await dialog.findByRole('alert')).textContent).toContain('Nobody could manage it.');
  await user.click(erase);
  await waitFor(() => expect(address.getAttribute('aria-invalid')).toBe('true'));
  expect(dialog.queryByRole('alert')).toBeNull();
  expect(sent).toEqual([{ email: mia.email }, { email: mia.email }]);

  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect((await openDialog(user)).address.value).toBe('');
});

test.each([
  ['to who may only look', { signedInAs: { ...me, access: 'read_only' as const } }],
  ['of somebody above', { shown: { ...mia, organization: { ...me.organization, kind: 'partner' as const } } }],
  ['of oneself', { signedInAs: { ...me, id: mia.id } }],
])('neither is offered %s', async (_, options) => {
  open(options);
  await screen.findByRole('heading', { name: 'Edit Mia' });
  expect(screen.queryByRole('heading', { name: 'Personal data' })).toBeNull();
});
