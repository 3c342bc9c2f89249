import { Problem } from '@sallyport/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';

describe('cursors', () => {
  test('give back the position they were made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (position, q) => {
        fc.pre(!position.includes('\0'));
        expect(decodeCursor({ q }, encodeCursor({ q }, position))).toBe(position);
      }),
    );
  });

  test('of another filter are refused', () => {
    expect(() => decodeCursor({ q: 'b' }, encodeCursor({ q: 'a' }, 'x'))).toThrow(Problem);
  });

  test('SEC-50: what is no cursor is refused, and nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor({}, text)).toThrow(Problem);
      }),
    );
    expect(() => decodeCursor({}, encodeCursor({}, 'a\0b'))).toThrow(Problem);
    expect(() => decodeCursor({}, `${encodeCursor({}, 'abc')}==`)).toThrow(Problem);
  });

  test('the last page has none', () => {
    expect(pageOf([1, 2], 2, {}, String)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([1, 2, 3], 2, {}, String)).toEqual({ items: [1, 2], nextCursor: encodeCursor({}, '2') });
    expect(pageOf([], 2, {}, String)).toEqual({ items: [], nextCursor: null });
  });
});
