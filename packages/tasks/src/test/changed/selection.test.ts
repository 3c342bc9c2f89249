import { expect, test } from 'vitest';
import { sourceFiles } from './changes.ts';
import { importersOf } from './imports.ts';
import { select } from './selection.ts';

const api = 'apps/api/src';
const sources = [
  `${api}/app.ts`,
  `${api}/table-owners.test.ts`,
  `${api}/testing/app.ts`,
  `${api}/features/users/index.ts`,
  `${api}/features/users/rules.ts`,
  `${api}/features/users/users.db.test.ts`,
  `${api}/features/users/import/rows.ts`,
  `${api}/features/users/import/rows.test.ts`,
  `${api}/features/mfa/service.ts`,
  `${api}/features/mfa/service.test.ts`,
  `${api}/features/mfa/mfa.db.test.ts`,
  `${api}/features/mfa/of-users.db.test.ts`,
  'packages/core/src/index.ts',
  'packages/core/src/totp.ts',
  'packages/core/src/totp.test.ts',
  'apps/web/src/features/users/page.tsx',
  'apps/web/src/features/users/page.test.tsx',
];
/** `importer: what it imports` turned around. */
const importers = new Map<string, Set<string>>();
for (const [importer, imported] of [
  [`${api}/features/users/index.ts`, `${api}/features/users/rules.ts`],
  [`${api}/features/users/index.ts`, `${api}/features/users/import/rows.ts`],
  [`${api}/features/mfa/service.ts`, `${api}/features/users/index.ts`],
  [`${api}/features/mfa/service.test.ts`, `${api}/features/mfa/service.ts`],
  [`${api}/app.ts`, `${api}/features/users/index.ts`],
  [`${api}/testing/app.ts`, `${api}/app.ts`],
  [`${api}/features/mfa/mfa.db.test.ts`, `${api}/testing/app.ts`],
  [`${api}/features/mfa/of-users.db.test.ts`, `${api}/features/users/rules.ts`],
  [`${api}/features/users/users.db.test.ts`, `${api}/testing/app.ts`],
  ['packages/core/src/index.ts', 'packages/core/src/totp.ts'],
  ['packages/core/src/totp.test.ts', 'packages/core/src/totp.ts'],
  [`${api}/features/mfa/service.ts`, 'packages/core/src/index.ts'],
  ['apps/web/src/features/users/page.tsx', 'packages/core/src/index.ts'],
] as const) {
  importers.set(imported, (importers.get(imported) ?? new Set()).add(importer));
}
const judges = (...changed: string[]) => select(changed, sources, importers);

test('a change in a feature is judged by its tests and by those that import it, not by all that talk to the API', () => {
  expect(judges(`${api}/features/users/rules.ts`)).toEqual({
    tests: [
      `${api}/table-owners.test.ts`,
      `${api}/features/users/users.db.test.ts`,
      `${api}/features/users/import/rows.test.ts`,
      `${api}/features/mfa/service.test.ts`,
    ],
    workspaces: ['apps/api'],
    document: false,
  });
});

test('a change in a part of a feature is judged by the tests of that part', () => {
  expect(judges(`${api}/features/users/import/rows.ts`).tests).not.toContain(`${api}/features/users/users.db.test.ts`);
  expect(judges(`${api}/features/users/import/rows.ts`).tests).toContain(`${api}/features/users/import/rows.test.ts`);
});

test('a change in a package is judged by its own tests and by the types of all who use it', () => {
  expect(judges('packages/core/src/totp.ts')).toEqual({
    tests: ['packages/core/src/totp.test.ts'],
    workspaces: ['apps/api', 'apps/web', 'packages/core'],
    document: false,
  });
});

test('a file that is gone is a change of its feature, and a changed test is run', () => {
  expect(judges('apps/web/src/features/users/gone.ts').tests).toEqual(['apps/web/src/features/users/page.test.tsx']);
  expect(judges(`${api}/features/mfa/service.test.ts`).tests).toContain(`${api}/features/mfa/service.test.ts`);
  expect(judges(`${api}/features/mfa/of-users.db.test.ts`).tests).toContain(`${api}/features/mfa/of-users.db.test.ts`);
  expect(judges('docs/index.md')).toEqual({ tests: [], workspaces: ['docs'], document: false });
});

test('a schema or a route may change the document of the API', () => {
  expect(judges(`${api}/features/users/schemas.ts`).document).toBe(true);
});

test('the imports of this very repository lead from a rule to the tests that import it, and no further', async () => {
  const all = await sourceFiles();
  const { tests } = select([`${api}/features/users/rules.ts`], all, importersOf(all));
  expect(tests).toContain(`${api}/features/users/rules.test.ts`);
  expect(tests).toContain(`${api}/features/users/users.db.test.ts`);
  expect(tests.length).toBeLessThan(all.filter((file) => file.includes('.test.')).length / 4);
  // It reads every source there is, beside tests that keep the processors busy.
}, 20_000);
