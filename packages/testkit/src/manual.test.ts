import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/* docs/qa-engineers.md says what there is, and shows code that the flows run. */

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manual = read('docs/qa-engineers.md');
const example = 'examples/qa';

test('the code in the manual is that of the example', () => {
  const files = ['playwright.config.ts', ...readdirSync(join(root, example, 'tests')).map((name) => `tests/${name}`)];
  const sources = files.map((file) => read(join(example, file)));
  const blocks = [...manual.matchAll(/^```ts\n(.*?)\n```$/gms)].map(([, code = '']) => code);
  expect(blocks).toHaveLength(2);
  expect(blocks.filter((code) => !sources.some((source) => source.includes(code)))).toEqual([]);
  expect(sources).toContain(`${blocks.find((code) => code.includes('defineConfig'))}\n`);
});

test('the manual lists every fixture and page object, and no other', () => {
  const [declared = ''] = read('packages/testkit/src/fixtures.ts').split('/** Playwright');
  const fixtures = [...declared.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name).sort();
  const [, section = ''] = /^## Fixtures\n(.*?)^Besides/ms.exec(manual) ?? [];
  const [rows = '', objects = ''] = section.split('Page objects');
  const listed = [
    ...[...rows.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name),
    ...[...objects.matchAll(/`([a-z]\w+(?:Page|Menu))`/g)].map(([, name = '']) => name),
  ].sort();
  expect(listed).toEqual(fixtures);

  const exported = [...read('packages/testkit/src/index.ts').matchAll(/\{ (\w+) \} from '.\/pages/g)]
    .map(([, name = '']) => name)
    .filter((name) => /^[A-Z]/.test(name));
  const withoutFixture = exported.filter((name) => !fixtures.includes(name.charAt(0).toLowerCase() + name.slice(1)));
  expect(withoutFixture.filter((name) => !objects.includes(`\`${name}\``))).toEqual([]);
});
