import { expect, test } from 'vitest';
import { quoted } from './fault.ts';

test.each([
  [null, 'nothing'],
  [undefined, 'nothing'],
  ['', 'nothing'],
  ['urn:acme', '"urn:acme"'],
  ['two\r\nlines\u2028and\u200bmore', '"two lines and more"'],
  ['x'.repeat(200), `"${'x'.repeat(200)}"`],
  ['x'.repeat(201), `"${'x'.repeat(200)}…"`],
])('what somebody else wrote fits a sentence: %j', (text, words) => {
  expect(quoted(text)).toBe(words);
});
