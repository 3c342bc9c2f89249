import { describe, expect, test } from 'vitest';
import { DAY_MS } from './durations.ts';
import { type MfaSubject, mfaDemand, rememberedDaysOf, requiresMfaOf } from './mfa-policy.ts';
import { methodsOf } from './types.ts';

const signedInAt = new Date('2026-11-01T12:00:00Z');
const after = (days: number, ms = 0) => new Date(signedInAt.getTime() + days * DAY_MS + ms);

const member: MfaSubject = {
  role: 'member',
  hasPassword: true,
  mfaEnabled: false,
  factors: [],
  mfaGraceFrom: signedInAt,
  phishingResistantFrom: null,
  mfaAskedBy: 'Acme',
};
const everybody = {
  localSignInEnabled: true,
  mfaRequired: 'everybody',
  mfaGraceDays: 14,
  mfaPhishingResistant: false,
} as const;
const byPassword = { method: 'password', createdAt: signedInAt, phishingResistant: false } as const;
const byPasskey = { ...byPassword, phishingResistant: true } as const;
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
    const later = { ...byPassword, createdAt: after(14) };
    expect(demand({}, {}, after(14), later).mustEnroll).toBe(true);
  });
});

describe('where only passkeys will do', () => {
  const alone = { mfaPhishingResistant: true };
  const policy = { required: true, phishingResistant: true, askedBy: 'Acme' };
  const app = { mfaEnabled: true, factors: ['totp'] } as const;
  const passkey = { mfaEnabled: true, factors: ['passkey'] } as const;
  const both = { mfaEnabled: true, factors: ['totp', 'passkey'] } as const;

  test.each([passkey, both])('whoever has one and came in with it goes on: %o', (subject) => {
    expect(demand(subject, alone, after(99), byPasskey)).toEqual({ policy, mustEnroll: false });
    expect(demand(subject, alone, after(99), { ...byPasskey, method: 'passkey' }).mustEnroll).toBe(false);
  });

  test.each([passkey, both])('whoever has one and came in with a code adds another, at once: %o', (subject) => {
    expect(demand({ ...subject, phishingResistantFrom: signedInAt }, alone)).toEqual({ policy, mustEnroll: true });
  });

  test('whoever has an app has days of its own to add one', () => {
    const subject = { ...app, mfaGraceFrom: new Date(0), phishingResistantFrom: after(3) };
    const graceEndsAt = after(17);
    expect(demand(subject, alone, after(17, -1))).toEqual({ policy: { ...policy, graceEndsAt }, mustEnroll: false });
    expect(demand(subject, alone, after(17))).toEqual({ policy, mustEnroll: true });
  });

  test('those days begin with the session where they have not begun', () => {
    const subject = { ...app, mfaGraceFrom: new Date(0) };
    expect(demand(subject, alone, after(1)).policy.graceEndsAt).toEqual(after(14));
  });

  test('whoever has nothing has the days of that', () => {
    const subject = { mfaGraceFrom: new Date(0), phishingResistantFrom: signedInAt };
    expect(demand(subject, alone).mustEnroll).toBe(true);
  });

  test('a session of a passkey that is gone is none', () => {
    const subject = { ...app, phishingResistantFrom: new Date(0) };
    expect(demand(subject, alone, signedInAt, byPasskey).mustEnroll).toBe(true);
  });

  test('who came through a provider goes on', () => {
    expect(demand(app, alone, after(99), { ...byPassword, method: 'sso' })).toEqual({ policy, mustEnroll: false });
  });

  test('nothing is asked of those of whom nothing is required', () => {
    const of = { ...alone, mfaRequired: 'admins' } as const;
    const nothing = { policy: { required: false, phishingResistant: false }, mustEnroll: false };
    expect(demand(app, of, after(99))).toEqual(nothing);
  });

  test('the second step takes no code of an app in the place of a passkey that there is', () => {
    expect(methodsOf(['totp', 'passkey'], true)).toEqual(['passkey', 'backup_code']);
    expect(methodsOf(['totp'], true)).toEqual(['totp', 'backup_code']);
    expect(methodsOf(['totp', 'passkey'])).toEqual(['totp', 'passkey', 'backup_code']);
  });
});

test('a browser is remembered for the days of the setting, and not where only a passkey will do', () => {
  const policy = { required: true, phishingResistant: false };
  expect(rememberedDaysOf(policy, { rememberedDeviceDays: 30 })).toBe(30);
  expect(rememberedDaysOf({ ...policy, phishingResistant: true }, { rememberedDeviceDays: 30 })).toBe(0);
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
  expect(demand({}, {}, after(99), { ...byPassword, method: 'sso' })).toEqual({ policy, mustEnroll: false });
});
