import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** All that a module of the kit imports, by way of others of the kit too; types count, since they are published. */
function importsOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  for (const [, name = ''] of text.matchAll(/ from '([^']+)';$/gm)) {
    if (name.startsWith('.')) importsOf(join(file, '..', name), found);
    else found.add(name);
  }
  return found;
}

test('what is for other tools than Playwright does not know it', () => {
  expect([...importsOf('index.ts')]).toContain('@playwright/test');
  const plain = [...importsOf('plain.ts')];
  expect(plain).toContain('jsqr');
  expect(plain).not.toContain('@playwright/test');
});
