import { describe, expect, test } from 'vitest';
import {
  ACCESS_TOKEN_SECONDS,
  BOUND_BY_PARTNER,
  DEFAULT_SETTINGS,
  effectiveSettings,
  FOLLOWS_ALL,
  fixedByPartner,
  type OwnSettings,
  PROOF_SECONDS,
  recoveryHoursOf,
  SETTINGS_BOUNDS,
  weakerThanPartner,
} from './session-policy.ts';

const undecided = FOLLOWS_ALL;

describe('effective settings', () => {
  test('SEC-20: without any choice, a session ends after 12 hours or 60 minutes idle', () => {
    expect(effectiveSettings(undecided, undecided)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ sessionLifetimeMinutes: 720, sessionIdleMinutes: 60 });
  });

  test('without any choice, passwords are allowed', () => {
    expect(effectiveSettings(undecided, null).localSignInEnabled).toBe(true);
  });

  test('follow the partner where the customer chose nothing', () => {
    const partner = { ...undecided, localSignInEnabled: false, minimumPasswordLength: 15 };
    expect(effectiveSettings({ ...undecided, minimumPasswordLength: 12 }, partner)).toEqual({
      ...DEFAULT_SETTINGS,
      localSignInEnabled: false,
      minimumPasswordLength: 12,
    });
  });

  test('keep a false of the customer under a true of the partner', () => {
    const partner = { ...undecided, localSignInEnabled: true };
    expect(effectiveSettings({ ...undecided, localSignInEnabled: false }, partner).localSignInEnabled).toBe(false);
  });

  test('of a partner are its own, then the defaults', () => {
    expect(effectiveSettings({ ...undecided, sessionIdleMinutes: 20 }, null)).toEqual({
      ...DEFAULT_SETTINGS,
      sessionIdleMinutes: 20,
    });
  });

  test('carry nothing else of the row they are read from', () => {
    const row = { ...undecided, id: 'x', slug: 'acme' };
    expect(Object.keys(effectiveSettings(row, null)).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
  });
});

describe('what is required of the second factor', () => {
  const of = (mfaRequired: OwnSettings['mfaRequired'], mfaGraceDays: number | null = null): OwnSettings => ({
    ...undecided,
    mfaRequired,
    mfaGraceDays,
  });
  const inForce = (own: OwnSettings, partner: OwnSettings | null) => {
    const { mfaRequired, mfaGraceDays } = effectiveSettings(own, partner);
    return [mfaRequired, mfaGraceDays];
  };

  test.each([
    ['the defaults', of(null), null, ['nobody', 14]],
    ['its own', of('admins', 3), null, ['admins', 3]],
    ['the partner, followed', of(null), of('everybody', 5), ['everybody', 5]],
    ['more than the partner', of('everybody'), of('admins', 5), ['everybody', 5]],
    ['less than the partner', of('nobody', 30), of('admins', 5), ['admins', 5]],
    ['fewer days', of(null, 2), of('admins', 5), ['admins', 2]],
    ['more days than the default of a partner that requires it', of(null, 30), of('admins'), ['admins', 14]],
    ['more days than a partner that requires nothing', of('admins', 30), of('nobody', 5), ['admins', 30]],
    ['the days of a partner that requires nothing', of('admins'), of(null, 5), ['admins', 5]],
  ] as const)('%s', (_name, own, partner, expected) => expect(inForce(own, partner)).toEqual(expected));

  test('is said to be weaker than the partner where it is', () => {
    expect(weakerThanPartner(of('nobody', 30), of('admins', 5))).toEqual(['mfaRequired', 'mfaGraceDays']);
    expect(weakerThanPartner(of('everybody', 4), of('admins', 5))).toEqual([]);
    expect(weakerThanPartner(of(null), of('admins', 5))).toEqual([]);
    expect(weakerThanPartner(of('nobody', 90), null)).toEqual([]);
  });
});

describe('for how many days a browser is remembered', () => {
  const of = (rememberedDeviceDays: number | null): OwnSettings => ({ ...undecided, rememberedDeviceDays });

  test.each([
    ['none by default', of(null), of(null), 0],
    ['its own', of(90), null, 90],
    ['those of the partner, followed', of(null), of(30), 30],
    ['fewer than the partner', of(7), of(30), 7],
    ['none, whatever the partner allows', of(0), of(30), 0],
    ['no more than the partner', of(90), of(30), 30],
    ['none where the partner chose nothing', of(90), of(null), 0],
  ] as const)('%s', (_name, own, partner, days) => {
    expect(effectiveSettings(own, partner).rememberedDeviceDays).toBe(days);
    const weaker = own.rememberedDeviceDays !== null && own.rememberedDeviceDays > days;
    expect(weakerThanPartner(own, partner)).toEqual(weaker ? ['rememberedDeviceDays'] : []);
  });
});

describe('for how many hours a recovery without an admin waits', () => {
  const of = (recoveryDelayHours: number | null): OwnSettings => ({ ...undecided, recoveryDelayHours });

  test.each([
    ['nobody can by default', of(null), of(null), 0],
    ['its own', of(24), null, 24],
    ['those of the partner, followed', of(null), of(24), 24],
    ['more than the partner', of(48), of(24), 48],
    ['its own, where the partner chose nothing', of(48), of(null), 48],
    ['no fewer than the partner', of(2), of(24), 24],
    ['not at all, whatever the partner allows', of(0), of(24), 0],
    ['not at all where the partner says no', of(48), of(0), 0],
  ] as const)('%s', (_name, own, partner, hours) => {
    expect(effectiveSettings(own, partner).recoveryDelayHours).toBe(hours);
    const counts = own.recoveryDelayHours === null || own.recoveryDelayHours === hours;
    expect(weakerThanPartner(own, partner)).toEqual(counts ? [] : ['recoveryDelayHours']);
  });

  test('no fewer than for a reset by an admin', () => {
    const settings = (recoveryDelayHours: number, resetDelayHours: number) =>
      recoveryHoursOf({ ...DEFAULT_SETTINGS, recoveryDelayHours, resetDelayHours });
    expect([settings(24, 48), settings(24, 2), settings(0, 48)]).toEqual([48, 24, null]);
  });
});

describe('for how many hours a reset waits', () => {
  const of = (resetDelayHours: number | null): OwnSettings => ({ ...undecided, resetDelayHours });

  test.each([
    ['none by default', of(null), of(null), 0],
    ['its own', of(24), null, 24],
    ['those of the partner, followed', of(null), of(24), 24],
    ['more than the partner', of(48), of(24), 48],
    ['more than a partner that chose nothing', of(48), of(null), 48],
    ['no fewer than the partner', of(2), of(24), 24],
    ['no fewer than the partner, where its own are none', of(0), of(24), 24],
  ] as const)('%s', (_name, own, partner, hours) => {
    expect(effectiveSettings(own, partner).resetDelayHours).toBe(hours);
    const weaker = own.resetDelayHours !== null && own.resetDelayHours < hours;
    expect(weakerThanPartner(own, partner)).toEqual(weaker ? ['resetDelayHours'] : []);
  });
});

describe('what a partner decides for its customers', () => {
  const choices = [null, false, true];
  const each = choices.flatMap((own) => choices.map((partner) => [own, partner] as const));

  test.each(
    (['mfaPhishingResistant', 'reenrollmentPass', 'resetNeedsSecondAdmin'] as const).flatMap((name) =>
      each.map((choice) => [name, ...choice] as const),
    ),
  )('%s is in force where either says so: own %s, partner %s', (name, own, partner) => {
    const [customer, above] = [
      { ...undecided, [name]: own },
      { ...undecided, [name]: partner },
    ];
    expect(effectiveSettings(customer, above)[name]).toBe(own === true || partner === true);
    const isWeaker = own === false && partner === true;
    expect(weakerThanPartner(customer, above)).toEqual(isWeaker ? [name] : []);
  });

  test.each(each)('passkeys sign in alone unless the partner says no: own %s, partner %s', (own, partner) => {
    const [customer, above] = [
      { ...undecided, passwordlessEnabled: own },
      { ...undecided, passwordlessEnabled: partner },
    ];
    expect(effectiveSettings(customer, above).passwordlessEnabled).toBe((own ?? partner ?? false) && partner !== false);
    const isWeaker = own === true && partner === false;
    expect(weakerThanPartner(customer, above)).toEqual(isWeaker ? ['passwordlessEnabled'] : []);
  });
});

test.each([null, false, true])(
  'at a partner itself passkeys sign in alone where it says so: %s',
  (passwordlessEnabled) => {
    const { passwordlessEnabled: inForce } = effectiveSettings({ ...undecided, passwordlessEnabled }, null);
    expect(inForce).toBe(passwordlessEnabled === true);
  },
);

describe('which passkeys may be added', () => {
  const models = (aaguids: string, roots: string) => ({
    models: [...aaguids].map((aaguid) => ({ aaguid, name: aaguid })),
    roots: [...roots],
  });
  const of = (passkeyModels: OwnSettings['passkeyModels']): OwnSettings => ({ ...undecided, passkeyModels });

  test.each([
    ['any by default', null, null, null],
    ['its own', models('ab', 'x'), null, models('ab', 'x')],
    ['those of the partner, followed', null, models('ab', 'xy'), models('ab', 'xy')],
    ['fewer than the partner', models('b', 'x'), models('ab', 'xy'), models('b', 'x')],
    ['no model that the partner does not name', models('bc', 'x'), models('ab', 'x'), models('b', 'x')],
    ['no certificate that the partner does not', models('a', 'xz'), models('a', 'xy'), models('a', 'x')],
    ['none, where the two have none in common', models('c', 'x'), models('ab', 'x'), models('', 'x')],
  ])('%s', (_name, own, partner, inForce) => {
    expect(effectiveSettings(of(own), of(partner)).passkeyModels).toEqual(inForce);
    const isWeaker = own !== null && JSON.stringify(own) !== JSON.stringify(inForce);
    expect(weakerThanPartner(of(own), of(partner))).toEqual(isWeaker ? ['passkeyModels'] : []);
    expect(weakerThanPartner(of(own), null)).toEqual([]);
  });
});

describe('in which settings a partner leaves no choice', () => {
  const values = {
    mfaRequired: ['nobody', 'admins', 'everybody'],
    mfaGraceDays: [0, 1, 90],
    rememberedDeviceDays: [0, 1, 90],
    mfaPhishingResistant: [false, true],
    passwordlessEnabled: [false, true],
    reenrollmentPass: [false, true],
    resetDelayHours: [0, 1, 168],
    resetNeedsSecondAdmin: [false, true],
    recoveryDelayHours: [0, 1, 168],
  } as const;
  const requires = { ...undecided, mfaRequired: 'admins' as const };

  test.each(BOUND_BY_PARTNER.flatMap((name) => [null, ...values[name]].map((value) => [name, value] as const)))(
    '%s, where the partner has %s: where a customer may choose one value at most',
    (name, value) => {
      for (const others of [undecided, requires]) {
        const partner = { ...others, [name]: value };
        const choices = values[name].filter(
          (own) => weakerThanPartner({ ...undecided, [name]: own }, partner).length === 0,
        );
        expect({ others, isFixed: fixedByPartner(partner).includes(name) }).toEqual({
          others,
          isFixed: choices.length < 2,
        });
      }
    },
  );

  test('a partner has every choice', () => expect(fixedByPartner(null)).toEqual([]));
});

describe('bounds', () => {
  test('take in the defaults', () => {
    for (const name of Object.keys(SETTINGS_BOUNDS) as (keyof typeof SETTINGS_BOUNDS)[]) {
      expect(DEFAULT_SETTINGS[name]).toBeGreaterThanOrEqual(SETTINGS_BOUNDS[name].minimum);
      expect(DEFAULT_SETTINGS[name]).toBeLessThanOrEqual(SETTINGS_BOUNDS[name].maximum);
    }
  });

  test('never end the session of a tab that refreshes as it should', () => {
    expect(SETTINGS_BOUNDS.sessionIdleMinutes.minimum * 60).toBeGreaterThan(ACCESS_TOKEN_SECONDS);
    expect(SETTINGS_BOUNDS.sessionLifetimeMinutes.minimum * 60).toBeGreaterThan(ACCESS_TOKEN_SECONDS);
  });
});

test('SEC-20: an access token lives for 5 minutes', () => {
  expect(ACCESS_TOKEN_SECONDS).toBe(300);
});

test('SEC-43: a proof is good for 15 minutes', () => {
  expect(PROOF_SECONDS).toBe(900);
});
