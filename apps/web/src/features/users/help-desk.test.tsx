// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { mia, renderPages, serve } from '../../testing/page.tsx';
import { HelpDesk } from './help-desk.tsx';

const at = '2026-11-24T12:00:00Z';
const none = { failures: 0, blockedUntil: null };
const bare = {
  mfa: null,
  policy: { required: false, phishingResistant: false },
  mustEnroll: false,
  attempts: { password: none, secondFactor: none, passkey: none, reauthentication: none },
  ...{ liveSessions: 0, lastSeenAt: null, rememberedDevices: 0 },
};

async function shown(security: object): Promise<Record<string, string>> {
  serve({ 'GET /users/01-mia/security': () => ({ body: { ...bare, ...security } }) });
  renderPages([{ path: '/', element: <HelpDesk user={mia} /> }], '/');
  await screen.findByText('Not required', undefined).catch(() => screen.findByText(/equired by/));
  return Object.fromEntries(
    [...document.querySelectorAll('dl > div')].map((pair) => [
      pair.querySelector('dt')?.textContent ?? '',
      pair.querySelector('dd')?.textContent ?? '',
    ]),
  );
}

test('of a user without anything it says so, and leads to its events', async () => {
  expect(await shown({})).toMatchObject({
    ...{ Requirement: 'Not required', 'Signed in': 'On no device', 'Wrong passwords': '0', 'Wrong codes': '0' },
  });
  expect(screen.getByRole('link').getAttribute('href')).toBe('/audit?user=01-mia');
});

test('factors, codes that are left, what is required of whom, failures and the lock', async () => {
  const facts = await shown({
    mfa: {
      enrolledAt: at,
      factors: [
        { id: 'f1', kind: 'totp', name: 'Authenticator app', createdAt: at, lastUsedAt: at },
        { id: 'f2', kind: 'passkey', name: 'Laptop', createdAt: at, lastUsedAt: null },
      ],
      backupCodesRemaining: 3,
    },
    policy: { required: true, phishingResistant: true, askedBy: 'Northwind', graceEndsAt: at },
    attempts: {
      ...bare.attempts,
      password: { failures: 2, blockedUntil: null },
      secondFactor: { failures: 10, blockedUntil: at },
    },
    ...{ liveSessions: 2, lastSeenAt: at, rememberedDevices: 1 },
  });
  expect(facts).toMatchObject({
    'Laptop, last used': 'Never',
    Requirement: expect.stringMatching(/^A passkey is required by Northwind · without it until/),
    'Wrong passwords': '2',
    'Wrong codes': expect.stringMatching(/^10Locked, ends/),
    'Signed in': expect.stringMatching(/^On 2 devices · Last active/),
    'Remembered devices': '1',
  });
});
