import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { accepted, apiOf, enroll, expect, product, test } from '@sallyport/testkit/workspace';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { Outside, type Packed } from './outside.ts';

let outside: Outside;
let kit: Packed;

// Both packages are packed once.
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  test.setTimeout(300_000);
  outside = new Outside('qa');
  await outside.install('client');
  kit = await outside.install('testkit');
  outside.link('packages/testkit', ...Object.keys(kit.manifest.dependencies).filter((name) => !name.startsWith('@')));
  outside.link('packages/testkit', '@playwright/test');
  outside.link('packages/client', 'openapi-fetch');
  outside.link('.', '@types/node', 'typescript');
});
test.afterAll(() => outside?.remove());

test('the archive of the testkit is as npm wants it', async () => {
  const tarball = new Uint8Array(kit.tarball);
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  const checked = await checkPackage(createPackageFromTarballData(tarball));
  // For require() there is nothing.
  expect(checked.types ? checked.problems : ['no types']).toEqual([
    { kind: 'CJSResolvesToESM', entrypoint: '.', resolutionKind: 'node16-cjs' },
  ]);

  expect(kit.files.filter((file) => /\.test\.|src\/|workspace|provider/.test(file))).toEqual([]);
  expect(kit.manifest.peerDependencies).toEqual({ '@playwright/test': expect.any(String) });
  const wanted = Object.entries(kit.manifest.dependencies);
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(wanted.map(([name]) => name)).toEqual(['@sallyport/client', 'jsqr', 'mailparser', 'otplib', 'pngjs']);
});

test('the example compiles against it', async () => {
  expect(await outside.run('typescript/bin/tsc', ['-p', '.'])).toMatchObject({
    exitCode: 0,
    stdout: '',
  });
});

/** Runs the flows of the example as a QA engineer does. */
async function flows(args: readonly string[], env: Readonly<Record<string, string>>) {
  const report = join(outside.folder, 'report.json');
  const finished = await outside.run(
    '@playwright/test/cli.js',
    ['test', '--project=chromium', '--reporter=list,json', ...args],
    { BROWSER_PATH: chromiumExecutable() ?? '', PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...env },
  );
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  return { ...finished, stats };
}

test('a QA engineer runs flows against a server by its URL, and one admin of each new customer is what stays', async ({
  template,
  seed,
  newSallyport,
  playwright,
}) => {
  test.setTimeout(600_000);
  const sallyport = newSallyport({ copyOf: template.dataDir });
  await sallyport.start();
  const request = await playwright.request.newContext({ baseURL: sallyport.url });
  const api = apiOf(request);
  const { email, password } = seed.partnerAdmin;
  const { totpSecret } = await enroll(api, { email, password });
  const names = async () => accepted(await api.GET('/api/v1/organizations')).items.map(({ name }) => name);
  expect(await names()).toEqual(['Federated Foods', 'Northwind MSP']);

  const { exitCode, stats, stdout } = await flows(['--workers=2'], {
    SALLYPORT_URL: sallyport.url,
    SALLYPORT_ADMIN_EMAIL: email,
    SALLYPORT_ADMIN_PASSWORD: password,
    SALLYPORT_ADMIN_TOTP: totpSecret,
    SALLYPORT_OUTBOX: join(sallyport.dataDir, 'outbox'),
  });
  expect(exitCode, stdout).toBe(0);
  expect(stats).toMatchObject({ expected: 6, unexpected: 0, flaky: 0, skipped: 0 });

  const customers = (await names()).filter((name) => name === 'Acme Rockets');
  expect(customers).toHaveLength(6);
  const { items } = accepted(
    await api.GET('/api/v1/users', { params: { query: { q: 'people.example', limit: 100 } } }),
  );
  expect(items.map(({ name, organization }) => [name, organization.kind])).toEqual(
    customers.map(() => ['Carlos', 'customer']),
  );
  await request.dispose();
});

test('a QA engineer runs flows on a product that the kit starts', async () => {
  test.setTimeout(300_000);
  const { exitCode, stats, stdout } = await flows(['--workers=1', '--grep=forgot'], { SALLYPORT_PRODUCT: product });
  expect(exitCode, stdout).toBe(0);
  expect(stats).toMatchObject({ expected: 1, unexpected: 0, flaky: 0, skipped: 0 });
});
