import { Problem } from '@sallyport/core';
import { describe, expect, test } from 'vitest';
import { entityTag, revisionsOf } from './entity-tag.ts';

describe('If-Match', () => {
  test('lets everything pass when it is absent or a star', () => {
    expect(revisionsOf(undefined)).toBeNull();
    expect(revisionsOf('*')).toBeNull();
  });

  test('reads back what ETag said, alone or in a list', () => {
    expect(revisionsOf(entityTag('7'))).toEqual(['7']);
    expect(revisionsOf('"7" , "8-abc"')).toEqual(['7', '8-abc']);
  });

  test('compares strongly: a weak tag matches nothing', () => {
    expect(revisionsOf('W/"7"')).toEqual([]);
  });

  test.each(['7', '', '"7', '"7",', '"a b"', '*, "7"', '"7""8"'])('%j is refused', (header) => {
    expect(() => revisionsOf(header)).toThrow(Problem);
  });
});
