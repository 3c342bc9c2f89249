import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizePassword, passwordLength } from './password.ts';

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
