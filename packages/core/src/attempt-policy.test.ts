import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockedSeconds,
  CHALLENGE_SECONDS,
  ENROLLMENT_SECONDS,
  INVITATION_SECONDS,
  PASSKEY_SECONDS,
  PASSWORD_RESET_SECONDS,
  passwordPolicy,
  SSO_LINK_SECONDS,
  secondFactorPolicy,
} from './attempt-policy.ts';

const failures = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('passwords', () => {
  test('SEC-3: the tenth failure in a row blocks for 30 seconds, each further one for twice as long', () => {
    expect(failures(1, 16).map((n) => blockedSeconds(passwordPolicy, n))).toEqual([
      ...Array(9).fill(0),
      30,
      60,
      120,
      240,
      480,
      900,
      900,
    ]);
  });

  test('SEC-3: no number of failures blocks for longer than 15 minutes, or for less than fewer failures do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (n) => {
        const seconds = blockedSeconds(passwordPolicy, n);
        expect(seconds).toBeLessThanOrEqual(900);
        expect(blockedSeconds(passwordPolicy, n + 1)).toBeGreaterThanOrEqual(seconds);
      }),
    );
  });
});

test('SEC-3: every tenth wrong code in a row blocks for 15 minutes, and no other', () => {
  const blocking = failures(1, 50).filter((n) => blockedSeconds(secondFactorPolicy, n) > 0);
  expect(blocking).toEqual([10, 20, 30, 40, 50]);
  expect(blocking.map((n) => blockedSeconds(secondFactorPolicy, n))).toEqual(Array(5).fill(900));
});

test('SEC-4: five minutes lie between password and code, and no link is good for longer than a week', () => {
  expect([CHALLENGE_SECONDS, PASSKEY_SECONDS, ENROLLMENT_SECONDS]).toEqual([300, 300, 600]);
  expect([PASSWORD_RESET_SECONDS, INVITATION_SECONDS, SSO_LINK_SECONDS]).toEqual([3_600, 604_800, 604_800]);
});
