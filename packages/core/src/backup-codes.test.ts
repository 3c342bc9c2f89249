import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKUP_CODE_COUNT, newBackupCodes, normalizeBackupCode } from './backup-codes.ts';

const symbols = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const codes = fc.array(fc.constantFrom(...symbols), { minLength: 12, maxLength: 12 }).map((code) => code.join(''));
/** Any code points, lone surrogates too. */
const texts = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));

describe('new backup codes', () => {
  test('SEC-13: are ten distinct codes of 12 symbols of 5 bits', () => {
    const made = newBackupCodes();
    expect(new Set(made).size).toBe(BACKUP_CODE_COUNT);
    for (const code of made) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test('use each symbol equally often', () => {
    const counts = new Map(symbols.map((symbol) => [symbol, 0]));
    const sets = 400;
    for (let i = 0; i < sets; i++) {
      for (const symbol of newBackupCodes().join('').replaceAll('-', '')) {
        counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      }
    }
    const expected = (sets * BACKUP_CODE_COUNT * 12) / symbols.length;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 31 degrees of freedom: beyond 95 once in a hundred million runs.
    expect(counts.size).toBe(32);
    expect(chiSquare).toBeLessThan(95);
  });
});

describe('a typed backup code', () => {
  test('is what was shown', () => {
    for (const code of newBackupCodes()) expect(normalizeBackupCode(code)).toBe(code.replaceAll('-', ''));
  });

  test('SEC-13: is forgiven case, spaces and dashes anywhere', () => {
    const noise = fc.array(fc.constantFrom(' ', '-', '\u2010', '\u2013', '\u2014', '\u2212', '\u00a0', '\t'), {
      maxLength: 3,
    });
    const cases = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(codes, cases, fc.array(noise, { minLength: 13, maxLength: 13 }), (code, lower, noises) => {
        const typed = noises.map((between, i) => {
          const symbol = code.charAt(i);
          return between.join('') + (lower[i] ? symbol.toLowerCase() : symbol);
        });
        expect(normalizeBackupCode(typed.join(''))).toBe(code);
      }),
    );
  });

  test('is forgiven the letters that look like digits', () => {
    expect(normalizeBackupCode('oOiI-lL00-1111')).toBe('001111001111');
  });

  test('normalised twice is the same', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(normalizeBackupCode(code)).toBe(code);
      }),
    );
  });

  test.each(['', '123456', 'ABCD-EFGH-JKM', 'ABCD-EFGH-JKMNP', 'ABCD-EFGH-JKMU', 'ABCD_EFGH_JKMN', 'ÀBCD-EFGH-JKMN'])(
    'cannot be %j',
    (input) => expect(normalizeBackupCode(input)).toBeNull(),
  );

  test('gives a code or null for any text', () => {
    fc.assert(
      fc.property(texts, (input) => {
        expect(normalizeBackupCode(input) ?? '000000000000').toMatch(/^[0-9A-Z]{12}$/);
      }),
    );
  });
});
