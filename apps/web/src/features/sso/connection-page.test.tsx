// @vitest-environment happy-dom
import { configure, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { me, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './connection-page.tsx';

// A long page on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

const config = { clientId: 'what serves', hostedDomains: ['acme.example'] };
const connection = {
  id: '01-google',
  organizationId: me.organization.id,
  kind: 'google',
  config,
  name: 'Google',
  enabled: true,
  domains: ['acme.example'],
  unverifiedDomains: [],
  provisioning: 'invite_only',
  mfaPolicy: 'trust_provider',
  hasClientSecret: true,
  urls: { start: 'https://x.example/start', redirectUri: 'https://x.example/callback' },
  certificates: [],
  warnings: [],
  pendingChange: null as object | null,
  working: true,
  lastSignInAt: '2026-01-01T00:00:00Z',
  lastFailure: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const pendingChange = {
  config: { ...config, clientId: 'what waits' },
  hasClientSecret: true,
  secretChanges: true,
  certificates: [],
  createdAt: '2026-01-02T00:00:00Z',
  createdBy: 'ada@acme.example',
};
const result = {
  at: '2026-01-02T00:00:00Z',
  outcome: 'success',
  testedBy: 'ada@acme.example',
  current: true,
  ofChange: true,
  applied: false,
  faults: [],
  received: [],
  account: {
    issuer: 'https://accounts.google.com',
    subject: '1',
    email: null,
    name: null,
    multiFactor: false,
    effect: 'Is refused.',
  },
  requestId: '1',
};

function open(shown: typeof connection) {
  const sent: string[] = [];
  let served = shown;
  const path = `/organizations/${me.organization.id}/sso-connections/01-google`;
  serve({
    [`GET ${path}`]: () => ({ body: served, headers: { ETag: '"1"' } }),
    [`PATCH ${path}`]: () => {
      sent.push('change');
      served = { ...connection, pendingChange };
      return { body: served, headers: { ETag: '"1.x"' } };
    },
    [`GET ${path}/test`]: () => ({ body: { result: served.pendingChange && result } }),
    [`DELETE ${path}/pending-change`]: () => {
      sent.push('discard');
      served = connection;
      return { status: 204 };
    },
    [`GET ${path.replace('/01-google', '')}`]: () => ({ body: { items: [served] } }),
    [`GET /organizations/${me.organization.id}/domains`]: () => ({ body: { items: [] } }),
  });
  renderPages([{ path: '/settings/sso/:connectionId', Component }], '/settings/sso/01-google', me);
  return { sent, user: userEvent.setup() };
}

const clientId = () => screen.findByLabelText<HTMLInputElement>(/Client ID/);

test('SEC-35: a change waits for its test: the form shows it, and it can be discarded', async () => {
  const { sent, user } = open({ ...connection, pendingChange });
  await screen.findByText('A change waits for its test');
  expect((await clientId()).value).toBe('what waits');
  expect(screen.getByText('Test the change')).toBeTruthy();
  await screen.findByText(/The change still waits/);
  await user.click(screen.getByText('Discard the change'));
  await waitFor(async () => expect((await clientId()).value).toBe('what serves'));
  expect(screen.queryByText('A change waits for its test')).toBeNull();
  expect(screen.getByText('Test connection')).toBeTruthy();
  expect(sent).toEqual(['discard']);
});

test('SEC-35: what is saved of a connection that works waits, and the page says so', async () => {
  const { sent, user } = open(connection);
  await user.clear(await clientId());
  await user.click(await clientId());
  await user.paste('what waits');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved as a change that waits for its test, above.');
  await screen.findByText('A change waits for its test');
  expect((await clientId()).value).toBe('what waits');
  expect(sent).toEqual(['change']);
});
