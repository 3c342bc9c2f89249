// @vitest-environment happy-dom
import { startAuthentication } from '@simplewebauthn/browser';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component as SignInPage } from './sign-in-page.tsx';
import { Component as VerifyPage } from './verify-page.tsx';

vi.mock('@simplewebauthn/browser');

beforeEach(() => sessionStorage.clear());

const open = (at: string) => {
  const router = renderPages(
    [
      { path: '/sign-in', Component: SignInPage },
      { path: '/sign-in/verify', Component: VerifyPage },
      { path: '*', element: <h1>Inside</h1> },
    ],
    at,
    null,
  );
  return { router, user: userEvent.setup() };
};

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const challenge = (seconds = 300) => ({
  body: { status: 'mfa_required', methods: ['totp', 'backup_code'], expiresAt: inSeconds(seconds) },
});
const optionsWith = (passwordless: boolean) => ({
  'GET /auth/sign-in-options': () => ({ body: { localSignIn: true, passwordless, connections: [] } }),
});
const options = optionsWith(false);
const withPasskeys = {
  ...optionsWith(true),
  'POST /auth/passkey/options': () => ({ body: { challenge: 'asked' } }),
};

/** A browser that offers passkeys where an address is typed. */
const offerPasskeys = () =>
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(() => undefined, { isConditionalMediationAvailable: async () => true }),
  );

async function enterPassword(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('Email'), ' ada@customer.test ');
  await user.type(screen.getByLabelText('Password'), 'quarry lantern{Enter}');
}

test('email and password lead to where the person was going', async () => {
  const sent: unknown[] = [];
  serve({
    ...options,
    'POST /auth/login': (body) => {
      sent.push(body);
      return { body: { status: 'authenticated', user: me } };
    },
  });
  const { router, user } = open('/sign-in?returnTo=%2Fusers%3Fq%3Da');
  await enterPassword(user);
  await screen.findByRole('heading', { name: 'Inside' });
  expect(sent).toEqual([{ email: 'ada@customer.test', password: 'quarry lantern' }]);
  expect(router.state.location).toMatchObject({ pathname: '/users', search: '?q=a' });
});

test('what is missing is said before anything is sent, and a refusal above the fields', async () => {
  serve({ ...options, 'POST /auth/login': () => refusal(401, 'invalid_credentials') });
  const { user } = open('/sign-in');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText('Enter your password.');
  expect(document.activeElement).toBe(screen.getByLabelText('Email'));
  await enterPassword(user);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The email or the password is wrong');
  await user.type(screen.getByLabelText('Email'), 'x');
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

test('the second step empties a wrong code, and takes a backup code instead', async () => {
  const sent: unknown[] = [];
  serve({
    ...options,
    'POST /auth/login': () => challenge(),
    'POST /auth/login/mfa': (body) => {
      sent.push(body);
      return sent.length === 1 ? refusal(401, 'invalid_code') : { body: { user: me } };
    },
    'GET /me/mfa': () => ({ body: { enabled: true, canEnroll: false, backupCodesRemaining: 9 } }),
  });
  const { user } = open('/sign-in');
  await enterPassword(user);
  const code = await screen.findByLabelText('Authentication code');
  await user.type(code, '12 34');
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  await screen.findByText('Enter the 6 digits from your app.');
  await user.type(code, '567{Enter}');
  await screen.findByText(/This code is wrong or was already used/);
  expect(code).toHaveProperty('value', '');
  await waitFor(() => expect(document.activeElement).toBe(code));

  await user.click(screen.getByRole('link', { name: 'Use a backup code instead' }));
  await user.type(await screen.findByLabelText('Backup code'), 'abcd-efgh{Enter}');
  await screen.findByRole('heading', { name: 'Inside' });
  expect(sent).toEqual([
    { method: 'totp', code: '123456' },
    { method: 'backup_code', code: 'abcd-efgh' },
  ]);
});

test('the second step offers the passkey first, says why it failed, and takes it when it works', async () => {
  vi.stubGlobal('PublicKeyCredential', class {});
  const sent: unknown[] = [];
  serve({
    ...options,
    'POST /auth/login': () => ({
      body: { status: 'mfa_required', methods: ['totp', 'passkey', 'backup_code'], expiresAt: inSeconds(300) },
    }),
    'POST /auth/login/mfa/passkey-options': () => ({ body: {} }),
    'POST /auth/login/mfa': (body) => {
      sent.push(body);
      return sent.length === 1 ? refusal(401, 'invalid_code') : { body: { user: me } };
    },
  });
  const { user } = open('/sign-in');
  await enterPassword(user);
  const use = await screen.findByRole('button', { name: 'Use your passkey' });
  vi.mocked(startAuthentication).mockRejectedValueOnce(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
  await user.click(use);
  expect((await screen.findByRole('alert')).textContent).toContain('The passkey was not used');
  await user.click(screen.getByRole('link', { name: 'Use the authenticator app instead' }));
  await screen.findByLabelText('Authentication code');
  await user.click(screen.getByRole('link', { name: 'Use a passkey instead' }));
  vi.mocked(startAuthentication).mockResolvedValue({ id: 'answered' } as never);
  await user.click(await screen.findByRole('button', { name: 'Use your passkey' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The passkey was not accepted');
  await user.click(screen.getByRole('button', { name: 'Use your passkey' }));
  await screen.findByRole('heading', { name: 'Inside' });
  expect(sent).toEqual(Array(2).fill({ method: 'passkey', response: { id: 'answered' } }));
});

test.each([
  [{ reason: 'already_used' }, 'This code was already used. Enter another one.'],
  [{ reason: 'clock_skew', clockSkewSeconds: 300 }, /about 5 minutes fast/],
  [{ reason: 'clock_skew', clockSkewSeconds: -60 }, /about a minute slow/],
])('the second step says what is known of a refused code: %o', async (fields, words) => {
  serve({
    ...options,
    'POST /auth/login': () => challenge(),
    'POST /auth/login/mfa': () => refusal(401, 'invalid_code', fields),
  });
  const { user } = open('/sign-in');
  await enterPassword(user);
  await user.type(await screen.findByLabelText('Authentication code'), '123456{Enter}');
  await screen.findByText(words);
});

test.each([
  [3, null],
  [2, 'You can try 2 more codes. After that the sign-in begins anew.'],
  [1, 'You can try one more code. After that the sign-in begins anew.'],
])('the second step says so once few codes may be tried: %i', async (attemptsLeft, words) => {
  serve({
    ...options,
    'POST /auth/login': () => challenge(),
    'POST /auth/login/mfa': () => refusal(401, 'invalid_code', { next: { action: 'second_step', attemptsLeft } }),
  });
  const { user } = open('/sign-in');
  await enterPassword(user);
  await user.type(await screen.findByLabelText('Authentication code'), '123456{Enter}');
  await screen.findByText(/This code is wrong or was already used/);
  expect(screen.queryByRole('status')?.textContent ?? null).toBe(words);
});

test('a device is remembered where that is offered and wished, and never by a backup code', async () => {
  const sent: unknown[] = [];
  serve({
    ...options,
    'POST /auth/login': () => ({ body: { ...challenge().body, rememberDeviceDays: 30 } }),
    'POST /auth/login/mfa': (body) => {
      sent.push(body);
      return refusal(401, 'invalid_code');
    },
  });
  const { user } = open('/sign-in');
  await enterPassword(user);
  const box = await screen.findByRole('checkbox', { name: 'Remember this device' });
  screen.getByText(/For 30 days your password is enough here/);
  expect(box).toHaveProperty('checked', false);
  await user.type(screen.getByLabelText('Authentication code'), '123456{Enter}');
  await waitFor(() => expect(sent).toEqual([{ method: 'totp', code: '123456' }]));
  await user.click(box);
  await user.type(await screen.findByLabelText('Authentication code'), '123457{Enter}');
  await waitFor(() => expect(sent.at(-1)).toEqual({ method: 'totp', code: '123457', rememberDevice: true }));
  await user.click(screen.getByRole('link', { name: 'Use a backup code instead' }));
  await user.type(await screen.findByLabelText('Backup code'), 'abcd-efgh{Enter}');
  await waitFor(() => expect(sent.at(-1)).toEqual({ method: 'backup_code', code: 'abcd-efgh' }));
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('where it is not offered there is no box', async () => {
  serve({ ...options, 'POST /auth/login': () => challenge() });
  const { user } = open('/sign-in');
  await enterPassword(user);
  await screen.findByLabelText('Authentication code');
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('a second step whose time is over starts again from the first', async () => {
  serve({ ...options, 'POST /auth/login': () => challenge(-1) });
  const { user } = open('/sign-in');
  await enterPassword(user);
  expect((await screen.findByRole('alert')).textContent).toContain('The sign-in took too long');
  await user.click(screen.getByRole('link', { name: 'Start over' }));
  await screen.findByLabelText('Password');
});

test('without a first step there is no second', async () => {
  serve(options);
  open('/sign-in/verify');
  await screen.findByRole('heading', { name: 'Sign in to Sallyport' });
});

test('why a single sign-on failed is said once, and leaves the address', async () => {
  serve(options);
  const { router } = open('/sign-in?error=sso_expired&requestId=01-request&returnTo=%2Fusers');
  expect((await screen.findByRole('alert')).textContent).toContain('01-request');
  await waitFor(() => expect(router.state.location.search).toBe('?returnTo=%2Fusers'));
  expect(screen.getByRole('alert').textContent).toContain('It took too long');
});

test('a passkey signs in alone, by the button, where that is allowed', async () => {
  vi.stubGlobal('PublicKeyCredential', class {});
  const sent: unknown[] = [];
  serve({
    ...withPasskeys,
    'POST /auth/passkey': (body) => {
      sent.push(body);
      return sent.length === 1
        ? refusal(401, 'invalid_passkey', { title: 'The passkey was not accepted' })
        : { body: { status: 'authenticated', user: me } };
    },
  });
  const { user } = open('/sign-in');
  const use = await screen.findByRole('button', { name: 'Sign in with a passkey' });
  vi.mocked(startAuthentication).mockResolvedValue({ id: 'answered' } as never);
  await user.click(use);
  expect((await screen.findByRole('alert')).textContent).toContain('The passkey was not accepted');
  await user.click(await screen.findByRole('button', { name: 'Sign in with a passkey' }));
  await screen.findByRole('heading', { name: 'Inside' });
  expect(sent).toEqual(Array(2).fill({ response: { id: 'answered' } }));
});

test('a passkey that is chosen where the address is typed signs in', async () => {
  offerPasskeys();
  let choose: (answer: unknown) => void = () => undefined;
  vi.mocked(startAuthentication).mockReset();
  vi.mocked(startAuthentication).mockImplementation(
    () =>
      new Promise((resolve) => {
        choose = resolve as never;
      }) as never,
  );
  serve({
    ...withPasskeys,
    'POST /auth/passkey': () => ({ body: { status: 'authenticated', user: me } }),
  });
  open('/sign-in');
  await waitFor(() =>
    expect(startAuthentication).toHaveBeenCalledWith({ optionsJSON: { challenge: 'asked' }, useBrowserAutofill: true }),
  );
  choose({ id: 'answered' });
  await screen.findByRole('heading', { name: 'Inside' });
});

test('an authenticator that answers every offer, and is refused, leaves the page to the password', async () => {
  offerPasskeys();
  vi.mocked(startAuthentication).mockReset();
  vi.mocked(startAuthentication).mockResolvedValue({ id: 'by itself' } as never);
  const sent: unknown[] = [];
  serve({
    ...withPasskeys,
    'POST /auth/passkey': (body) => {
      sent.push(body);
      return refusal(401, 'invalid_passkey');
    },
    'POST /auth/login': () => ({ body: { status: 'authenticated', user: me } }),
  });
  const { user } = open('/sign-in');
  await screen.findByRole('alert');
  await enterPassword(user);
  await screen.findByRole('heading', { name: 'Inside' });
  expect(sent).toEqual([{ response: { id: 'by itself' } }]);
});

test('no passkey is asked for, nor a question, where none signs in alone', async () => {
  vi.stubGlobal('PublicKeyCredential', class {});
  const asked: string[] = [];
  serve({
    'GET /auth/sign-in-options': (_, query) => {
      asked.push(`options of ${query}`);
      const passwordless = query.get('email') === 'ada@alone.test';
      return { body: { localSignIn: true, passwordless, connections: [] } };
    },
    'POST /auth/passkey/options': () => {
      asked.push('a question');
      return { body: { challenge: 'asked' } };
    },
  });
  const { user } = open('/sign-in');
  const enter = async (address: string) => {
    await user.clear(screen.getByLabelText('Email'));
    await user.paste(address);
  };
  await enter('ada@customer.test');
  await waitFor(() => expect(asked).toEqual(['options of organization=', 'options of email=ada%40customer.test']));
  expect(screen.queryByRole('button', { name: 'Sign in with a passkey' })).toBeNull();
  // The domain of another organization, which lets them.
  await enter('ada@alone.test');
  await screen.findByRole('button', { name: 'Sign in with a passkey' });
  expect(asked.slice(2)).toEqual(['options of email=ada%40alone.test', 'a question']);
});
