import { describe, expect, test } from 'vitest';
import { type MfaSubject, mfaDemand, requiresMfaOf } from './mfa-policy.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const signedInAt = new Date('2026-11-01T12:00:00Z');
const after = (days: number, ms = 0) => new Date(signedInAt.getTime() + days * DAY_MS + ms);

const member: MfaSubject = {
  role: 'member',
  hasPassword: true,
  mfaEnabled: false,
  mfaGraceFrom: signedInAt,
  mfaAskedBy: 'Acme',
};
const everybody = { localSignInEnabled: true, mfaRequired: 'everybody', mfaGraceDays: 14 } as const;
const byPassword = { method: 'password', createdAt: signedInAt } as const;
const demand = (
  subject: Partial<MfaSubject> = {},
  settings: Partial<Parameters<typeof mfaDemand>[1]> = {},
  now = signedInAt,
  session: Parameters<typeof mfaDemand>[2] = byPassword,
) => mfaDemand({ ...member, ...subject }, { ...everybody, ...settings }, session, now);

test('a requirement takes in nobody, admins or everybody', () => {
  const taken = (requirement: Parameters<typeof requiresMfaOf>[0]) =>
    (['member', 'admin'] as const).filter((role) => requiresMfaOf(requirement, role));
  expect(taken('nobody')).toEqual([]);
  expect(taken('admins')).toEqual(['admin']);
  expect(taken('everybody')).toEqual(['member', 'admin']);
});

describe('the grace', () => {
  const graceEndsAt = after(14);

  test('lets in until its last moment, says until when, and who asks', () => {
    const policy = { required: true, phishingResistant: false, askedBy: 'Acme', graceEndsAt };
    expect(demand({}, {}, after(14, -1))).toEqual({ policy, mustEnroll: false });
  });

  test('is over then', () => {
    const policy = { required: true, phishingResistant: false, askedBy: 'Acme' };
    expect(demand({}, {}, after(14))).toEqual({ policy, mustEnroll: true });
  });

  test('of no days is none', () => {
    expect(demand({ mfaGraceFrom: null }, { mfaGraceDays: 0 }).mustEnroll).toBe(true);
  });

  test('counts from the sign-in of the session where it has not begun', () => {
    const { policy, mustEnroll } = demand({ mfaGraceFrom: null }, {}, after(1));
    expect({ mustEnroll, graceEndsAt: policy.graceEndsAt }).toEqual({ mustEnroll: false, graceEndsAt });
  });

  test('is not counted from a later session', () => {
    const later = { method: 'password', createdAt: after(14) } as const;
    expect(demand({}, {}, after(14), later).mustEnroll).toBe(true);
  });
});

test.each([
  ['where nobody is asked', {}, { mfaRequired: 'nobody' }, byPassword],
  ['of members where admins are', {}, { mfaRequired: 'admins' }, byPassword],
  ['of users without a password', { hasPassword: false }, {}, byPassword],
  ['where passwords do not count', {}, { localSignInEnabled: false }, byPassword],
] as const)('nothing is asked %s', (_name, subject, settings, session) => {
  const given = demand({ ...subject, mfaGraceFrom: new Date(0) }, settings, after(99), session);
  expect(given).toEqual({ policy: { required: false, phishingResistant: false }, mustEnroll: false });
});

test('whoever has a factor, or came through a provider, goes on', () => {
  const policy = { required: true, phishingResistant: false, askedBy: 'Acme' };
  expect(demand({ mfaEnabled: true }, {}, after(99))).toEqual({ policy, mustEnroll: false });
  expect(demand({}, {}, after(99), { method: 'sso', createdAt: signedInAt })).toEqual({ policy, mustEnroll: false });
});
