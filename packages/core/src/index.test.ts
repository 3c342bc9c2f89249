import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./', import.meta.url);
const importsOf = (file: string) =>
  [...readFileSync(new URL(file, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);

/** Everything that importing the file brings with it. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  for (const from of importsOf(file)) {
    if (seen.has(from)) continue;
    seen.add(from);
    if (from.startsWith('./')) reach(from, seen);
  }
  return seen;
}

test('the index brings no library and no word list', () => {
  expect([...reach('index.ts')].filter((from) => !from.startsWith('./'))).toEqual([]);
  expect([...reach('index.ts')]).not.toContain('./totp.ts');
});

test('nothing but totp.ts knows speakeasy, and nothing knows Node', () => {
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(sources.filter((file) => importsOf(file).includes('speakeasy'))).toEqual(['totp.ts']);
  expect(sources.filter((file) => importsOf(file).some((from) => from.startsWith('node:')))).toEqual([]);
});
