// @vitest-environment happy-dom
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './mfa-page.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

vi.mock('@simplewebauthn/browser');

beforeEach(() => {
  setUnsavedCodes(null);
  vi.resetAllMocks();
  vi.stubGlobal('PublicKeyCredential', class {});
});

const codes = Array.from({ length: 10 }, (_, index) => `code-${index}`);
const passkey = {
  id: '01-passkey',
  kind: 'passkey',
  name: 'Laptop',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
};
const made = { id: 'made' };
const answered = { id: 'answered' };

/** The page of a user whose factors are `factors`. */
function open(factors: (typeof passkey)[], more: Parameters<typeof serve>[0] = {}) {
  const sent: [path: string, body: unknown][] = [];
  let list = factors;
  const noted =
    (path: string, answer: object, then: () => void = () => undefined) =>
    (body: unknown) => {
      sent.push([path, body]);
      then();
      return answer;
    };
  serve({
    'GET /me': () => ({ body: { ...me, mfa: { ...me.mfa, enabled: list.length > 0, canEnroll: list.length === 0 } } }),
    'GET /me/mfa': () => ({
      body: { enabled: list.length > 0, canEnroll: list.length === 0, backupCodesRemaining: 10, factors: list },
    }),
    'POST /me/mfa/passkeys/options': noted('options', { body: {} }),
    'POST /me/mfa/passkeys': noted(
      'add',
      { status: 201, body: { factor: passkey, ...(factors.length > 0 ? {} : { backupCodes: codes }) } },
      () => {
        list = [...list, passkey];
      },
    ),
    'PATCH /me/mfa/passkeys/01-passkey': noted('rename', { body: { ...passkey, name: 'Desk' } }, () => {
      list = [{ ...passkey, name: 'Desk' }];
    }),
    'POST /me/mfa/passkey-options': noted('ask', { body: {} }),
    'POST /me/mfa/passkeys/01-passkey/remove': noted('remove', { status: 204 }, () => {
      list = [];
    }),
    ...more,
  });
  const mfa = { ...me.mfa, enabled: factors.length > 0, canEnroll: factors.length === 0 };
  renderPages([{ path: '/', Component }], '/', { ...me, mfa });
  return { sent, user: userEvent.setup() };
}

async function add(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Add a passkey' }));
  await user.type(await screen.findByLabelText('Name'), ' Laptop ');
  await user.type(screen.getByLabelText('Current password'), 'quarry lantern');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
}

test('the first passkey is made by the browser, and hands out ten codes', async () => {
  vi.mocked(startRegistration).mockResolvedValue(made as never);
  const { sent, user } = open([]);
  await add(user);
  await screen.findByText('code-9');
  expect(sent).toEqual([
    ['options', { password: 'quarry lantern' }],
    ['add', { name: 'Laptop', response: made }],
  ]);
});

test.each([
  ['NotAllowedError', /was not used/],
  ['InvalidStateError', /has a passkey of your account already/],
  ['SecurityError', /cannot use a passkey here/],
])('%s of the browser is put into words', async (name, words) => {
  vi.mocked(startRegistration).mockRejectedValue(Object.assign(new Error('no'), { name }));
  const { sent, user } = open([]);
  await add(user);
  expect((await screen.findByRole('alert')).textContent).toMatch(words);
  expect(sent.map(([path]) => path)).toEqual(['options']);
});

test('a wrong password is said beside the field, and the browser is not asked', async () => {
  const { user } = open([], { 'POST /me/mfa/passkeys/options': () => refusal(401, 'invalid_credentials') });
  await add(user);
  await screen.findByText('The current password is wrong. Try again.');
  expect(startRegistration).not.toHaveBeenCalled();
});

test('a browser without passkeys says so', async () => {
  vi.stubGlobal('PublicKeyCredential', undefined);
  open([]);
  await screen.findByText('Passkeys cannot be used in this browser.');
  expect(screen.queryByRole('button', { name: 'Add a passkey' })).toBeNull();
});

test('it is renamed, and removed with itself as proof, which turns MFA off', async () => {
  vi.mocked(startAuthentication).mockResolvedValue(answered as never);
  const { sent, user } = open([passkey]);
  await user.click(await screen.findByRole('button', { name: 'Rename' }));
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Desk{Enter}');
  await screen.findByText('Desk');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

  await user.click(screen.getByRole('button', { name: 'Remove' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/It is your only second factor/);
  // Without an app, what can be typed in is a backup code.
  await dialog.findByLabelText('Backup code');
  await user.click(dialog.getByRole('button', { name: 'Use a passkey instead' }));
  await dialog.findByText('Enter your current password.');
  await user.type(dialog.getByLabelText('Current password'), 'quarry lantern');
  await user.click(dialog.getByRole('button', { name: 'Use a passkey instead' }));
  await screen.findByText(/remove the Sallyport account from your authenticator app, and passkeys/);
  expect(sent).toEqual([
    ['rename', { name: 'Desk' }],
    ['ask', null],
    ['remove', { password: 'quarry lantern', response: answered }],
  ]);
});
