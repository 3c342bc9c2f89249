import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test('a refused password has no strength', () => {
  expect(passwordStrength('Password123!')).toBe(0);
  expect(passwordStrength('a7$Qz')).toBe(0);
});

test('a longer random password is stronger', () => {
  const password = 'xK9$mQ2vL7!wRz4T';
  const strengths = [8, 10, 16].map((length) => passwordStrength(password.slice(0, length)));
  expect(strengths).toEqual([2, 3, 4]);
});

test('a passphrase is strong', () => {
  expect(passwordStrength('correct horse battery staple')).toBe(4);
});

test('two common words are weaker than as many random letters', () => {
  expect(passwordStrength('baseballdragon')).toBe(1);
});

test.each([
  { name: 'Ada Quillfeather' },
  { email: 'quillfeather@northwind.example' },
  { email: 'ada.quillfeather@northwind.example' },
  { organizationName: 'Quillfeather, Ltd' },
])('a word of %j adds little', (context) => {
  expect(passwordStrength('quillfeatherbaseballdragon')).toBe(4);
  expect(passwordStrength('quillfeatherbaseballdragon', context)).toBe(3);
});

test('what is known of the user counts for nothing', () => {
  const password = 'Quillfeather 4821';
  expect(passwordStrength(password, { name: 'Ada Quillfeather' })).toBeLessThan(passwordStrength(password));
});

test('the longest password is judged like its beginning', () => {
  expect(passwordStrength('4@8({[</369&#!1/|0$5+7%2'.repeat(5))).toBe(4);
});
