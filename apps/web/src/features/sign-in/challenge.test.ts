import { expect, test } from 'vitest';
import { challengeFromQuery } from './challenge.ts';

const origin = 'https://sallyport.example';
const now = Date.parse('2026-11-24T12:00:00Z');
const of = (query: Record<string, string>) => challengeFromQuery(new URLSearchParams(query), origin, now);

test('the second step after single sign-on is in the address', () => {
  expect(of({ expiresAt: '2026-11-24T12:04:00Z', returnTo: '/users' })).toEqual({
    methods: ['totp', 'backup_code'],
    deadlineMs: now + 4 * 60_000,
    returnTo: '/users',
  });
  expect(of({ expiresAt: '2026-11-24T12:04:00Z', methods: 'passkey,backup_code,carrier_pigeon' })?.methods).toEqual([
    'passkey',
    'backup_code',
  ]);
  const withRecovery = (hours: string) =>
    of({ expiresAt: '2026-11-24T12:04:00Z', recoveryDelayHours: hours })?.recoveryDelayHours;
  expect(['24', '0', '169', '1.5', 'soon', ''].map(withRecovery)).toEqual([24, ...Array(5).fill(undefined)]);
  expect(of({})).toBeNull();
  expect(of({ expiresAt: 'soon' })).toBeNull();
});

test('a wrong clock of the device does not end it, and the address leads nowhere else', () => {
  expect(of({ expiresAt: '2026-11-24T15:00:00Z' })?.deadlineMs).toBe(now + 5 * 60_000);
  expect(of({ expiresAt: '2026-11-24T09:00:00Z' })?.deadlineMs).toBe(now + 5 * 60_000);
  expect(of({ expiresAt: '2026-11-24T12:04:00Z', returnTo: '//evil.example' })?.returnTo).toBe('/');
});
