import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countRuns, repeatedUnit, shapeOf } from './password-shape.ts';

describe('shape', () => {
  test('takes away case, width, accents, and digits and signs for letters', () => {
    for (const text of ['password', 'PASSWORD', 'ｐａｓｓｗｏｒｄ', 'pässwörd', 'P@$5w0rd']) {
      expect(shapeOf(text).skeleton).toBe('password');
    }
  });

  test('has one unit in the skeleton for one unit of the folded text', () => {
    const texts = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));
    fc.assert(
      fc.property(texts, (text) => {
        const { folded, skeleton } = shapeOf(text);
        expect(skeleton).toHaveLength(folded.length);
      }),
    );
  });
});

describe('repeated unit', () => {
  test.each([
    ['abcabc', 'abc'],
    ['aaaa', 'a'],
    ['abcab', 'abcab'],
    ['a', 'a'],
    ['', ''],
  ])('of %j is %j', (text, unit) => expect(repeatedUnit(text)).toBe(unit));

  test('repeated is the text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 5 }), (piece, times) => {
        const text = piece.repeat(times);
        const unit = repeatedUnit(text);
        expect(unit.repeat(text.length / unit.length)).toBe(text);
        expect(unit.length).toBeLessThanOrEqual(piece.length);
      }),
    );
  });
});

describe('runs', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['aaaa', 1],
    ['abcdef', 1],
    ['654321', 1],
    ['qwerty', 1],
    ['lkjhg', 1],
    ['qt', 2],
    ['xq', 2],
    ['qx', 2],
    ['abcd1234', 2],
    ['aaabbb', 2],
    ['abca', 2],
    ['xK9$mQ2v', 8],
    ['абвг', 1],
    ['🍀🍀🍀', 1],
  ])('%j has %i', (text, runs) => expect(countRuns(text)).toBe(runs));
});
