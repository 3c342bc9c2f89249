import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizePassword, passwordLength, passwordLengthFault } from './password.ts';

/** Any code points, lone surrogates too. */
const texts = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));

describe('normalised password', () => {
  test('is the same however the characters are composed and the spaces made', () => {
    expect(normalizePassword('cafe\u0301\u00a0au\u3000lait')).toBe('caf\u00e9 au lait');
  });

  test('keeps case, width, leading and trailing spaces', () => {
    expect(normalizePassword(' Ａbc² ')).toBe(' Ａbc² ');
  });

  test('normalised twice is the same', () => {
    fc.assert(
      fc.property(texts, (password) => {
        const once = normalizePassword(password);
        expect(normalizePassword(once)).toBe(once);
      }),
    );
  });
});

test('SEC-1: length counts code points of the normalised password', () => {
  expect(passwordLength('cafe\u0301')).toBe(4);
  expect(passwordLength('🔐🔐')).toBe(2);
});

test('SEC-1: a length out of bounds is a fault, and says which bound', () => {
  expect(passwordLengthFault('1234567')?.code).toBe('too_short');
  expect(passwordLengthFault('12345678')).toBeNull();
  expect(passwordLengthFault('12345678', 9)?.message).toBe('Use at least 9 characters.');
  expect(passwordLengthFault('x'.repeat(128))).toBeNull();
  expect(passwordLengthFault('x'.repeat(129))?.code).toBe('too_long');
});
