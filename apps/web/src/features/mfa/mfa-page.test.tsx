// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './mfa-page.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

beforeEach(() => setUnsavedCodes(null));

const codes = Array.from({ length: 10 }, (_, index) => `code-${index}`);
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const app = {
  id: '01-app',
  kind: 'totp',
  name: 'Authenticator app',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
};

/** The page of a user without MFA; `confirm` answers to password and code. */
function open({
  enabled = false,
  lifetimeSeconds = 600,
  passRequired = false,
  pendingReset = null as object | null,
  confirm = () => ({ body: { backupCodes: codes } }) as object,
} = {}) {
  let on = enabled;
  let reset = pendingReset;
  const sent: Record<string, unknown[]> = { confirm: [], disable: [], start: [] };
  serve({
    'GET /me': () => ({ body: me }),
    'GET /me/mfa': () => ({
      body: on
        ? {
            enabled: true,
            canEnroll: false,
            enrolledAt: '2026-01-01T00:00:00Z',
            backupCodesRemaining: 10,
            factors: [app],
            ...(reset === null ? {} : { pendingReset: reset }),
          }
        : { enabled: false, canEnroll: true, factors: [], ...(passRequired ? { passRequired } : {}) },
    }),
    'POST /me/mfa/totp': (body) => {
      sent.start?.push(body);
      return {
        status: 201,
        body: {
          secret,
          otpauthUri: 'otpauth://totp/x',
          qrCode: 'data:image/svg+xml;base64,',
          expiresAt: new Date(Date.now() + lifetimeSeconds * 1000).toISOString(),
        },
      };
    },
    'POST /me/mfa/totp/confirm': (body) => {
      sent.confirm?.push(body);
      const answer = confirm();
      on = !('status' in answer);
      return answer;
    },
    'DELETE /me/mfa/reset': () => {
      reset = null;
      return { status: 204 };
    },
    'POST /me/mfa/disable': (body) => {
      sent.disable?.push(body);
      on = false;
      return { status: 204 };
    },
  });
  renderPages([{ path: '/', Component }], '/');
  return { sent, user: userEvent.setup() };
}

async function enroll(user: ReturnType<typeof userEvent.setup>, code: string) {
  await user.click(await screen.findByRole('button', { name: 'Enable Two-Factor Auth' }));
  await screen.findByRole('img', { name: 'QR code' });
  await user.type(screen.getByLabelText('Current password'), 'quarry lantern');
  await user.type(screen.getByLabelText('6-digit code'), code);
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
}

test('a reset that an admin asked for is told of, and stopped', async () => {
  const pendingReset = {
    requestedAt: '2026-01-01T00:00:00Z',
    dueAt: '2026-01-02T00:00:00Z',
    needsSecondAdmin: false,
    reason: 'Lost the phone',
  };
  const { user } = open({ enabled: true, pendingReset });
  await screen.findByText('The reason that was given: Lost the phone');
  await user.click(screen.getByRole('button', { name: 'Stop the reset' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop the reset' })).toBeNull());
  screen.getByText('Two-factor authentication is on');
});

test('after a reset that asks for it the pass of the admin is sent too', async () => {
  const { sent, user } = open({ passRequired: true });
  await enroll(user, '123456');
  await screen.findByText('Enter the pass. Your administrator gives you one.');
  await user.type(screen.getByLabelText('Re-enrollment pass'), ' n1pt dy8n gbr6 ');
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  await screen.findByRole('heading', { name: 'Backup codes' });
  expect(sent.confirm).toEqual([{ password: 'quarry lantern', code: '123456', pass: 'n1pt dy8n gbr6' }]);
});

test('a wrong pass is said beside its field', async () => {
  const { user } = open({ passRequired: true, confirm: () => refusal(401, 'pass_required') });
  await enroll(user, '123456');
  await user.type(screen.getByLabelText('Re-enrollment pass'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  await screen.findByText(/This pass is wrong, or older than seven days/);
  expect(document.activeElement).toBe(screen.getByLabelText('Re-enrollment pass'));
});

test('enrolment shows the key once, asks for password and code, and hands out ten codes to keep', async () => {
  const { sent, user } = open();
  await enroll(user, '123 456');
  const list = await screen.findByRole('list', { name: 'Backup codes' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(codes);
  expect(sent).toMatchObject({ start: [null], confirm: [{ password: 'quarry lantern', code: '123456' }] });

  const done = screen.getByRole('button', { name: 'Done' });
  expect(done).toHaveProperty('disabled', true);
  await user.click(screen.getByRole('checkbox', { name: 'I have saved these codes' }));
  await user.click(done);
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Backup codes' })).toBeNull());
  await screen.findByRole('button', { name: 'Disable Two-Factor Auth' });
});

test.each([
  [true, 'on a phone the authenticator app opens from the page'],
  [false, 'elsewhere there is nothing to open'],
])('coarse pointer %s: %s', async (coarse, _what) => {
  const media = vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) =>
      Object.assign(new EventTarget(), {
        matches: coarse && query === '(pointer: coarse)',
        media: query,
        addListener: () => undefined,
        removeListener: () => undefined,
      }) as unknown as MediaQueryList,
  );
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Enable Two-Factor Auth' }));
  await screen.findByRole('img', { name: 'QR code' });
  const link = screen.queryByRole('link', { name: 'Open in your authenticator app' });
  expect(link?.getAttribute('href') ?? null).toBe(coarse ? 'otpauth://totp/x' : null);
  media.mockRestore();
});

test('the codes that were not saved are still there when the page is', async () => {
  setUnsavedCodes({ codes, origin: 'regenerated' });
  open({ enabled: true });
  await screen.findByText('code-9');
});

test('the codes are copied one a line, and a browser that forbids it is told', async () => {
  const { user } = open({ enabled: true });
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
  setUnsavedCodes({ codes, origin: 'enrolled' });
  await user.click(await screen.findByRole('button', { name: 'Copy' }));
  await screen.findByText('The backup codes are on the clipboard.');
  expect(copied).toHaveBeenCalledWith(codes.join('\n'));
  copied.mockRejectedValueOnce(new Error('forbidden'));
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  await screen.findByText(/The browser does not allow copying/);
});

test('a wrong code is emptied, a wrong password named, and the key stays', async () => {
  const answers = [refusal(401, 'invalid_code'), refusal(401, 'invalid_credentials')];
  const { sent, user } = open({ confirm: () => answers.shift() ?? { body: { backupCodes: codes } } });
  await enroll(user, '123456');
  await screen.findByText(/This code is wrong or was already used/);
  const code = screen.getByLabelText('6-digit code');
  expect(code).toHaveProperty('value', '');
  await user.type(code, '654321{Enter}');
  await screen.findByText('The current password is wrong. Try again.');
  expect(document.querySelector('code')?.textContent).toBe(secret);
  expect(sent.start).toHaveLength(1);
});

test('a key that is too old is replaced when the person starts again', async () => {
  const { sent, user } = open({ lifetimeSeconds: -1 });
  await user.click(await screen.findByRole('button', { name: 'Enable Two-Factor Auth' }));
  await screen.findByText('This code is too old');
  expect(screen.queryByLabelText('6-digit code')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Start again' }));
  await waitFor(() => expect(sent.start).toHaveLength(2));
});

test('turning it off takes a backup code too, and says what to do with the app', async () => {
  const { sent, user } = open({ enabled: true });
  await user.click(await screen.findByRole('button', { name: 'Disable Two-Factor Auth' }));
  await user.type(await screen.findByLabelText('Current password'), 'quarry lantern');
  await user.type(screen.getByLabelText('6-digit code'), ' abcd-efgh ');
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  const advice = await screen.findByText(/remove the Sallyport account from your authenticator app/);
  expect(sent.disable).toEqual([{ password: 'quarry lantern', code: 'abcd-efgh' }]);
  await waitFor(() => expect(document.activeElement?.contains(advice)).toBe(true));
});

test.each([
  ['mfa_requires_local_password', /can be set up only by users with a local password/],
  ['local_sign_in_disabled', /signs in through single sign-on alone/],
])('%s: the page says why there is nothing to set up', async (reason, text) => {
  serve({
    'GET /me': () => ({ body: me }),
    'GET /me/mfa': () => ({ body: { enabled: false, canEnroll: false, reason } }),
  });
  renderPages([{ path: '/', Component }], '/');
  await screen.findByText(text);
  expect(screen.queryByRole('button', { name: 'Enable Two-Factor Auth' })).toBeNull();
});
