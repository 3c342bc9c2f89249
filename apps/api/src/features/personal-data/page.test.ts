import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('docs/data-protection.md has a row for every table of the data model, and for no other', () => {
  const tables = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)\n\}/g)].map(([, table]) => table);
  const enums = [...read('prisma/schema.prisma').matchAll(/^enum \w+ \{.*?@@map\("(\w+)"\)/gms)].map(
    ([, name]) => name,
  );
  const rows = [...read('docs/data-protection.md').matchAll(/^\| `(\w+)` +\|/gm)].map(([, table]) => table);
  expect(rows.toSorted()).toEqual(tables.filter((table) => !enums.includes(table)).toSorted());
});
