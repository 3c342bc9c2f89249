import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { generateSync, generateURI } from 'otplib';
import { describe, expect, test } from 'vitest';
import {
  matchingTimeStep,
  msUntilTaken,
  newTotpSecret,
  nextUnspentStep,
  otpauthUri,
  refusalOf,
  secretBytes,
  secretText,
  timeStepAt,
  totpCode,
} from './totp.ts';

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
const steps = fc.integer({ min: 1, max: 2 ** 31 - 2 });
/** Unix time in milliseconds, within the steps that can be computed. */
const moments = fc.integer({ min: 60_000, max: (2 ** 31 - 2) * 30_000 });

/** RFC 6238 appendix B, SHA-1: [Unix time in seconds, 8-digit code]. */
const vectors = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;
const rfcSecret = new TextEncoder().encode('12345678901234567890');

describe('code', () => {
  test.each(vectors)('of RFC 6238 appendix B at %i s is %s', (seconds, code) => {
    const step = timeStepAt(seconds * 1000);
    expect(totpCode(rfcSecret, step, 8)).toBe(code);
    expect(totpCode(rfcSecret, step)).toBe(code.slice(2));
  });

  test('is the one otplib computes', () => {
    fc.assert(
      fc.property(secrets, moments, (secret, nowMs) => {
        expect(totpCode(secret, timeStepAt(nowMs))).toBe(generateSync({ secret, epoch: Math.floor(nowMs / 1000) }));
      }),
    );
  });

  test('is the one otplib computes at the last step that can be computed', () => {
    const step = 2 ** 31 - 1;
    expect(totpCode(rfcSecret, step)).toBe(generateSync({ secret: rfcSecret, epoch: step * 30 }));
  });

  const oathtool = spawnSync('oathtool', ['--version']).status === 0;
  test.skipIf(!oathtool)('is the one the program oathtool computes (skipped where it is not installed)', () => {
    fc.assert(
      fc.property(secrets, fc.integer({ min: 0, max: 4_000_000_000 }), (secret, seconds) => {
        const options = ['--totp=sha1', '--base32', '--now', `@${seconds}`, secretText(secret)];
        const { stdout, stderr } = spawnSync('oathtool', options, { encoding: 'utf8' });
        expect(stderr).toBe('');
        expect(totpCode(secret, timeStepAt(seconds * 1000))).toBe(stdout.trim());
      }),
      { numRuns: 20 },
    );
  });

  test.each([-1, 0.5, 2 ** 31, Number.NaN])('does not exist for step %d', (step) => {
    expect(() => totpCode(rfcSecret, step)).toThrow(RangeError);
  });

  test('does not exist for an empty secret', () => {
    expect(() => totpCode(new Uint8Array(), 1)).toThrow(RangeError);
  });
});

describe('matching', () => {
  const nowMs = 1_700_000_000_000;
  const present = timeStepAt(nowMs);

  test('SEC-12: the window is one step either side', () => {
    const accepted = [-2, -1, 0, 1, 2].map((offset) => {
      const step = matchingTimeStep(rfcSecret, totpCode(rfcSecret, present + offset), nowMs, -1);
      return step === null ? null : step - present;
    });
    expect(accepted).toEqual([null, -1, 0, 1, null]);
  });

  test('SEC-12: a step that was spent, and any older one, never match', () => {
    fc.assert(
      fc.property(secrets, steps, fc.constantFrom(-1, 0, 1), fc.nat({ max: 3 }), (secret, step, offset, newer) => {
        const code = totpCode(secret, step + offset);
        const match = matchingTimeStep(secret, code, step * 30_000, step + offset + newer);
        // The code of a newer step can be the same by chance, and only then is there a match.
        expect(match === null || (match > step + offset + newer && totpCode(secret, match) === code)).toBe(true);
      }),
    );
  });

  test('SEC-12: a spent step that lies more than five minutes ahead is not held against the user', () => {
    const code = totpCode(rfcSecret, present);
    expect(matchingTimeStep(rfcSecret, code, nowMs, present + 10)).toBeNull();
    expect(matchingTimeStep(rfcSecret, code, nowMs, present + 11)).toBe(present);
  });

  test('SEC-12: once the matching step is spent, the code is dead at that moment', () => {
    fc.assert(
      fc.property(secrets, moments, fc.constantFrom(-1, 0, 1), (secret, at, offset) => {
        const code = totpCode(secret, timeStepAt(at) + offset);
        const spent = matchingTimeStep(secret, code, at, -1);
        expect(spent).not.toBeNull();
        expect(matchingTimeStep(secret, code, at, spent ?? -1)).toBeNull();
      }),
    );
  });

  test('never finds a step for a code that is of none in the window', () => {
    fc.assert(
      fc.property(secrets, moments, fc.integer({ min: 0, max: 999_999 }), (secret, at, number) => {
        const code = String(number).padStart(6, '0');
        const window = [-1, 0, 1].map((offset) => totpCode(secret, timeStepAt(at) + offset));
        expect(matchingTimeStep(secret, code, at, -1) !== null).toBe(window.includes(code));
      }),
    );
  });

  test('forgives spaces', () => {
    const code = totpCode(rfcSecret, present);
    expect(matchingTimeStep(rfcSecret, ` ${code.slice(0, 3)}\u00a0${code.slice(3)}\n`, nowMs, -1)).toBe(present);
  });

  test('takes six ASCII digits and nothing else', () => {
    const code = totpCode(rfcSecret, present);
    const arabicIndic = code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    const fullWidth = code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const typed = [
      '',
      ' ',
      code.slice(1),
      `${code}0`,
      `+${code}`,
      `0x${code}`,
      `${code.slice(0, 5)}e`,
      '-00001',
      'null',
    ];
    for (const wrong of [...typed, arabicIndic, fullWidth]) {
      expect(matchingTimeStep(rfcSecret, wrong, nowMs, -1)).toBeNull();
    }
  });

  test('knows no step before the epoch', () => {
    expect(matchingTimeStep(rfcSecret, totpCode(rfcSecret, 0), 0, -1)).toBe(0);
  });
});

describe('the next unspent step', () => {
  test('is the first that would match, now or when its time is near enough', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.integer({ min: 0, max: (2 ** 31 - 40) * 30_000 }),
        fc.integer({ min: -12, max: 12 }),
        fc.array(fc.nat({ max: 3 })),
        (secret, at, spent, told) => {
          const lastStep = timeStepAt(at) + spent;
          const toldSteps = told.map((offset) => timeStepAt(at) + offset);
          const step = nextUnspentStep(at, lastStep, toldSteps);
          const taken = (moment: number) =>
            matchingTimeStep(secret, totpCode(secret, step), moment, lastStep, toldSteps);
          expect(step).toBeGreaterThanOrEqual(timeStepAt(at));
          expect(taken(at + msUntilTaken(step, at))).not.toBeNull();
        },
      ),
    );
  });

  test.each([
    [-1, 0, 0],
    [0, 1, 0],
    [1, 2, 20_000],
    [2, 3, 50_000],
    [11, 0, 0],
  ])('after the one %i from the present is that %i from it, taken in %i ms', (spent, next, ms) => {
    const at = 1_700_000_000_000 - (1_700_000_000_000 % 30_000) + 10_000;
    const step = nextUnspentStep(at, timeStepAt(at) + spent);
    expect([step - timeStepAt(at), msUntilTaken(step, at)]).toEqual([next, ms]);
  });
});

describe('secret', () => {
  test('SEC-10: has 160 bits, and no two are the same', () => {
    const made = Array.from({ length: 200 }, newTotpSecret);
    expect(new Set(made.map(secretText)).size).toBe(200);
    for (const secret of made) expect(secret).toHaveLength(20);
  });

  test('is written as 32 base32 symbols and read back, spaces and case aside', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = secretText(secret);
        expect(text).toMatch(/^[A-Z2-7]{32}$/);
        expect(secretBytes(text)).toEqual(secret);
        expect(secretBytes(text.toLowerCase().replace(/(.{4})/g, '$1 '))).toEqual(secret);
      }),
    );
  });
});

describe('Key URI', () => {
  test('says everything an authenticator needs', () => {
    expect(otpauthUri({ issuer: 'Sally Port', account: 'pat+1@northwind.example', secret: rfcSecret })).toBe(
      'otpauth://totp/Sally%20Port:pat%2B1%40northwind.example' +
        '?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sally%20Port&algorithm=SHA1&digits=6&period=30',
    );
  });

  test('has no colon but the one between issuer and account', () => {
    const uri = otpauthUri({ issuer: ':A: B:', account: 'c:d@e.example', secret: rfcSecret });
    expect(uri).toContain('otpauth://totp/A%20%20B:c%20d%40e.example?');
  });

  test('says what the URI of otplib says', () => {
    fc.assert(
      fc.property(secrets, fc.emailAddress(), (secret, account) => {
        const ours = new URL(otpauthUri({ issuer: 'Sallyport', account, secret }));
        const theirs = new URL(generateURI({ issuer: 'Sallyport', label: account, secret: secretText(secret) }));
        expect(decodeURIComponent(ours.pathname)).toBe(decodeURIComponent(theirs.pathname));
        for (const [name, value] of theirs.searchParams) expect(ours.searchParams.get(name)).toBe(value);
      }),
    );
  });
});

describe('why a code is refused', () => {
  const nowMs = 1_790_000_000_000;
  const present = timeStepAt(nowMs);
  const refused = (offset: number, lastStep = -1) =>
    refusalOf(rfcSecret, totpCode(rfcSecret, present + offset), nowMs, lastStep);

  test('one of a clock that is off says by how much, and which step it told of where that is yet to come', () => {
    expect(refused(-2)).toEqual({ reason: 'clock_skew', clockSkewSeconds: -60 });
    expect(refused(-20)).toEqual({ reason: 'clock_skew', clockSkewSeconds: -600 });
    expect(refused(2)).toEqual({ reason: 'clock_skew', clockSkewSeconds: 60, tooEarly: present + 2 });
    expect(refused(20)).toEqual({ reason: 'clock_skew', clockSkewSeconds: 600, tooEarly: present + 20 });
  });

  test('farther away than ten minutes, or no code at all, is wrong', () => {
    for (const offset of [-21, 21]) expect(refused(offset)).toEqual({ reason: 'wrong' });
    expect(refusalOf(rfcSecret, '12345', nowMs, -1)).toEqual({ reason: 'wrong' });
  });

  test('one that was spent, or is older than one that was, is used', () => {
    for (const offset of [-1, 0, 1]) expect(refused(offset, present + 1)).toEqual({ reason: 'already_used' });
    expect(refused(-5, present)).toEqual({ reason: 'already_used' });
    expect(refused(-5, present - 6)).toEqual({ reason: 'clock_skew', clockSkewSeconds: -150 });
  });

  test('one of two steps is taken for the nearer one', () => {
    const [older, newer] = [59_775_998, 59_776_010];
    const code = totpCode(rfcSecret, older);
    expect(totpCode(rfcSecret, newer)).toBe(code);
    const refusedAt = (step: number) => refusalOf(rfcSecret, code, step * 30_000, -1);
    expect(refusedAt(newer - 4)).toEqual({ reason: 'clock_skew', clockSkewSeconds: 120, tooEarly: newer });
    expect(refusedAt(older + 4)).toEqual({ reason: 'clock_skew', clockSkewSeconds: -120 });
  });

  test('a step within the window that cannot be spent any more is used', () => {
    for (const offset of [-1, 0, 1]) expect(refused(offset)).toEqual({ reason: 'already_used' });
  });

  test('a step that was told of never matches', () => {
    const later = nowMs + 60_000;
    const code = totpCode(rfcSecret, present + 2);
    expect(matchingTimeStep(rfcSecret, code, later, -1)).toBe(present + 2);
    expect(matchingTimeStep(rfcSecret, code, later, -1, [present + 2])).toBeNull();
    expect(refusalOf(rfcSecret, code, later, -1)).toEqual({ reason: 'already_used' });
  });
});
