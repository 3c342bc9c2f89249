import { expect, test } from 'vitest';
import { isSlug, slugOf } from './slug.ts';

test.each([
  ['Zoë Rockets & Co.', 'zoe-rockets-co'],
  ['  --Acme--  ', 'acme'],
  ['x'.repeat(80), 'x'.repeat(63)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(isSlug(slug)).toBe(true);
});

test.each(['', '-a', 'a-', 'A', 'a b', 'é', 'x'.repeat(64)])('%j is no slug', (text) => {
  expect(isSlug(text)).toBe(false);
});
