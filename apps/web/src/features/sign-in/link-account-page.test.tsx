// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './link-account-page.tsx';

const connections = [
  { id: 'c1', name: 'Entra', kind: 'entra' },
  { id: 'c2', name: 'Google', kind: 'google' },
];

function open({ codeRequired = false, dead = false } = {}) {
  const sent: unknown[] = [];
  const person = { email: 'ada@acme.test', name: 'Ada', organizationName: 'Acme' };
  serve({
    'POST /auth/sso-link': () =>
      dead ? refusal(410, 'invalid_token') : { body: { ...person, connections, codeRequired } },
    'POST /auth/sso-link/start': (body) => {
      sent.push(body);
      const { code } = body as { code?: string };
      return codeRequired && code !== '123456' ? refusal(401, 'invalid_code') : { body: { url: 'https://idp.test/' } };
    },
  });
  const assign = vi.spyOn(window.location, 'assign').mockClear().mockReturnValue();
  renderPages([{ path: '/link-account', Component }], '/link-account#token=tok', null);
  return { assign, sent, user: userEvent.setup() };
}

const button = (name: string) => screen.findByRole('button', { name: `Connect with ${name}` });

test('says whose it is, and leaves for the provider that is chosen', async () => {
  const { assign, sent, user } = open();
  await screen.findByText(/People of Acme.*sign in there as ada@acme\.test/);
  await user.click(await button('Google'));
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('https://idp.test/'));
  expect(sent).toEqual([{ token: 'tok', connectionId: 'c2' }]);
});

test('asks for a code where MFA is on, and says beside the field when it is wrong', async () => {
  const { assign, sent, user } = open({ codeRequired: true });
  await user.click(await button('Entra'));
  await screen.findByText('Enter the 6 digits from your app, or a backup code.');
  await user.type(screen.getByLabelText('6-digit code'), '000000');
  await user.click(await button('Entra'));
  await screen.findByText(/This code is wrong/);
  await user.type(screen.getByLabelText('6-digit code'), '123456');
  await user.click(await button('Entra'));
  await vi.waitFor(() => expect(assign).toHaveBeenCalledOnce());
  expect(sent).toEqual(['000000', '123456'].map((code) => ({ token: 'tok', connectionId: 'c1', code })));
});

test('a link that is over leads to the sign-in page', async () => {
  open({ dead: true });
  const link = await screen.findByRole('link', { name: 'Go to sign-in' });
  expect(link.getAttribute('href')).toBe('/sign-in');
});
