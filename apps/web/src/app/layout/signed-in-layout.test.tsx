// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { Me } from '../../base/api/types.ts';
import { session } from '../../base/session/session.ts';
// Loaded before, so that no test waits for it.
import '../../features/mfa/required-enrollment.tsx';
import { setUnsavedCodes } from '../../features/mfa/unsaved-codes.ts';
import { me, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './signed-in-layout.tsx';

const off = { ...me.mfa, policy: { required: true, phishingResistant: false, askedBy: 'Acme' } };
const stopped: Me = { ...me, mfa: { ...off, mustEnroll: true } };
const whole: Me = { ...me, mfa: { ...off, enabled: true, canEnroll: false } };
const inGrace: Me = { ...me, mfa: { ...off, policy: { ...off.policy, graceEndsAt: '2026-12-24T10:00:00Z' } } };

beforeEach(() => setUnsavedCodes(null));

function open(user: Me, at = '/users') {
  const asked: string[] = [];
  serve({
    'GET /me/mfa': () => ({ body: { ...user.mfa, factors: [] } }),
    'POST /auth/logout': () => {
      asked.push('logout');
      return { status: 204 };
    },
  });
  const pages = { path: '/', Component, children: [{ path: '*', element: <p>The page</p> }] };
  renderPages([pages], at, user);
  return { asked, user: userEvent.setup() };
}

test('while a second factor is to be set up first, no page opens, and it is said who asks and why', async () => {
  const { asked, user } = open(stopped);
  await screen.findByRole('heading', { name: 'MFA Settings' });
  screen.getByText('Acme requires two-factor authentication');
  await screen.findByRole('button', { name: 'Enable Two-Factor Auth' });
  expect(screen.queryByText('The page')).toBeNull();
  expect(screen.queryByRole('navigation')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Account menu' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(asked).toEqual(['logout']);
});

test('the page opens once there is one and the backup codes are saved', async () => {
  open(stopped);
  await screen.findByRole('button', { name: 'Enable Two-Factor Auth' });
  act(() => {
    setUnsavedCodes({ codes: ['one'], origin: 'enrolled' });
    session.update(whole);
  });
  await screen.findByRole('heading', { name: 'Backup codes' });
  expect(screen.queryByText('The page')).toBeNull();
  act(() => setUnsavedCodes(null));
  await screen.findByText('The page');
});

test('a session that comes to be restricted leaves the page', async () => {
  open(me);
  await screen.findByText('The page');
  act(() => session.update(stopped));
  await screen.findByText('Acme requires two-factor authentication');
  expect(screen.queryByText('The page')).toBeNull();
});

test('in the grace every page says until when, and leads to where it is set up', async () => {
  open(inGrace);
  await screen.findByText('The page');
  screen.getByText('Acme requires two-factor authentication');
  screen.getByText(/Set it up by .*2026/);
  expect(screen.getByRole('link', { name: 'Set it up now' }).getAttribute('href')).toBe('/account/mfa');
});

test('there it leads nowhere', async () => {
  open(inGrace, '/account/mfa');
  await screen.findByText('The page');
  screen.getByText('Acme requires two-factor authentication');
  expect(screen.queryByRole('link', { name: 'Set it up now' })).toBeNull();
});

test('whoever has one, or needs none, is told nothing', async () => {
  for (const user of [me, whole]) {
    open(user);
    await screen.findAllByText('The page');
  }
  expect(screen.queryByText('Acme requires two-factor authentication')).toBeNull();
});
