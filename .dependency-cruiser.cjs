/**
 * Who may import whom; the rules of docs/architecture.md, checked by `pnpm test imports`.
 * Tests and `src/testing/` put parts together as they need, so the rules inside the API are not for them.
 */
const tests = '(\\.test\\.tsx?$)|(/src/testing/)';
const feature = '^apps/api/src/features/([^/]+)/';

/** A workspace may import of ours what is listed, and itself. */
const onlyImports = (workspace, allowed) => ({
  name: `${workspace.replaceAll('/', '-')}-imports-only`,
  comment: `${workspace} may import of ours: ${allowed.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^${workspace}/` },
  to: { path: '^(apps|packages|e2e|examples)/', pathNot: [workspace, ...allowed].map((folder) => `^${folder}/`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // Between workspaces
    onlyImports('packages/core', []),
    onlyImports('packages/client', []),
    onlyImports('packages/react', ['packages/client']),
    onlyImports('apps/api', ['packages/core', 'packages/testkit']),
    {
      name: 'only-tests-import-the-testkit',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: tests },
      to: { path: '^packages/testkit/' },
    },
    onlyImports('apps/web', ['packages/client', 'packages/core', 'packages/react']),
    onlyImports('packages/testkit', ['packages/client', 'packages/core']),
    onlyImports('docs', []),
    onlyImports('packages/bench', ['packages/client', 'packages/core', 'packages/testkit']),
    onlyImports('e2e', ['packages/testkit', 'packages/client/src/testing']),
    onlyImports('examples', ['packages/client', 'packages/react', 'packages/testkit']),
    {
      name: 'nobody-imports-an-app',
      comment: 'Only the tasks know the apps: they build and start them.',
      severity: 'error',
      from: { pathNot: '^(apps|packages/tasks)/' },
      to: { path: '^apps/' },
    },

    // Inside the API
    {
      name: 'a-feature-uses-another-through-its-front-door',
      comment:
        'The use cases of a feature are in its index.ts; its schemas may be built on, its stores offer fragments.',
      severity: 'error',
      from: { path: feature, pathNot: tests },
      to: {
        path: '^apps/api/src/features/',
        pathNot: ['^apps/api/src/features/$1/', '^apps/api/src/features/[^/]+/((index|schemas)\\.ts$|.*store\\.ts$)'],
      },
    },
    {
      name: 'schemas-build-on-schemas',
      comment: 'No type of the API is written twice.',
      severity: 'error',
      from: { path: feature, pathNot: [tests, '/schemas\\.ts$'] },
      to: { path: '^apps/api/src/features/[^/]+/schemas\\.ts$', pathNot: '^apps/api/src/features/$1/' },
    },
    {
      name: 'stores-build-on-stores',
      comment:
        'Only the owner of a table names it; a statement over several tables takes the fragments of their owners.',
      severity: 'error',
      from: { path: feature, pathNot: [tests, 'store\\.ts$'] },
      to: { path: '^apps/api/src/features/.*store\\.ts$', pathNot: '^apps/api/src/features/$1/' },
    },
    {
      name: 'routes-use-services',
      comment: 'routes → service → store',
      severity: 'error',
      from: { path: `${feature}.*routes\\.ts$` },
      to: { path: '^apps/api/src/features/.+store\\.ts$' },
    },
    {
      name: 'services-know-no-http',
      comment: 'A use case is the same whoever calls it.',
      severity: 'error',
      from: { path: feature, pathNot: [tests, '/(index|routes|schemas)\\.ts$'] },
      to: { path: '^apps/api/src/(http/|features/.+/routes\\.ts$)' },
    },
    {
      name: 'stores-know-no-rules',
      severity: 'error',
      from: { path: `${feature}.*store\\.ts$` },
      to: { path: '^apps/api/src/features/.+/(index|service|routes)\\.ts$' },
    },
    {
      name: 'protocols-know-no-table',
      comment: 'What a provider proves is judged by the message alone.',
      severity: 'error',
      from: { path: '^apps/api/src/features/sso/protocols/', pathNot: tests },
      to: { path: 'store\\.ts$' },
    },
    {
      name: 'platform-and-http-import-no-feature',
      severity: 'error',
      from: { path: '^apps/api/src/(platform|http)/', pathNot: tests },
      to: { path: '^apps/api/src/(features|cli)/' },
    },
    {
      name: 'platform-imports-nothing-above-it',
      severity: 'error',
      from: { path: '^apps/api/src/platform/', pathNot: tests },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/platform/' },
    },
    {
      name: 'only-stores-know-prisma',
      severity: 'error',
      from: {
        path: '^apps/api/src/',
        pathNot: [tests, 'store\\.ts$', '^apps/api/src/platform/database/'],
      },
      to: { path: '/node_modules/(@prisma/|prisma/|pg/|@electric-sql/|pglite-prisma-adapter/)|/database/generated/' },
    },
    {
      name: 'only-the-edge-knows-fastify',
      severity: 'error',
      from: {
        path: '^apps/api/src/',
        pathNot: [tests, '/routes\\.ts$', '^apps/api/src/(http/|app\\.ts$|main\\.ts$|server\\.ts$|logger\\.ts$)'],
      },
      to: { path: '/node_modules/(fastify|fastify-plugin|@fastify)/' },
    },
    {
      name: 'only-the-verification-of-passkeys-knows-its-library',
      comment: 'What a browser says of passkeys is judged in one place.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: [
          tests,
          '^apps/api/src/features/mfa/passkeys/(verification|attestation)\\.ts$',
          '^packages/react/src/passkey\\.ts$',
        ],
      },
      to: { path: '/node_modules/@simplewebauthn/' },
    },
    {
      name: 'only-totp-knows-speakeasy',
      comment: 'It is unmaintained: one file stands between it and everything else.',
      severity: 'error',
      from: { pathNot: '^packages/core/src/totp\\.ts$' },
      to: { path: '/node_modules/(@types/)?speakeasy/' },
    },

    // Inside the SPA: base < ui < features < app
    {
      name: 'web-base-imports-nothing-above-it',
      comment: 'The client and the session know no screen.',
      severity: 'error',
      from: { path: '^apps/web/src/base/', pathNot: tests },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/base/' },
    },
    {
      name: 'web-ui-imports-base-only',
      comment: 'A part of the screen serves every feature, so it knows none.',
      severity: 'error',
      from: { path: '^apps/web/src/ui/', pathNot: tests },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(base|ui)/' },
    },
    {
      name: 'web-features-import-base-and-ui',
      comment: 'The app puts the features together; none knows where it is put.',
      severity: 'error',
      from: { path: '^apps/web/src/features/', pathNot: tests },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(base|ui|features)/' },
    },
    {
      name: 'a-web-feature-uses-another-through-its-front-door',
      comment: 'What a feature offers to others is in its index.ts.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/', pathNot: tests },
      to: {
        path: '^apps/web/src/features/',
        pathNot: ['^apps/web/src/features/$1/', '^apps/web/src/features/[^/]+/index\\.ts$'],
      },
    },

    // Everywhere
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '(^|/)[^/]+\\.config\\.(ts|cjs)$', '\\.test\\.tsx?$', '^examples/page/'],
      },
      to: {},
    },
    {
      name: 'product-imports-no-tests',
      comment: 'The tasks are no product: a release judges archives as the tests do.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [tests, '^packages/tasks/'] },
      to: { path: tests },
    },
    {
      name: 'product-needs-no-development-package',
      severity: 'error',
      from: { path: '^(apps/[^/]+|packages/(core|client|react))/src/', pathNot: [tests, '\\.d\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    {
      name: 'every-package-is-declared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '^argon2$' },
    },
    {
      name: 'everything-resolves',
      comment: 'But argon2, an optional dependency.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^argon2$' },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|generated)/' },
    exclude: { path: '(^|/)(dist|.dev|test-results|public)/' },
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};
