import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromedriverExecutable, chromiumExecutable } from '@sallyport/testkit/browser';
import {
  accepted,
  apiOf,
  enroll,
  expect,
  product,
  SignInPage,
  test,
  VirtualAuthenticator,
} from '@sallyport/testkit/workspace';
import type { Packed } from '../packages/client/src/testing/packed.ts';
import { Outside } from './outside.ts';

/* Each folder of `examples` as its reader has it: outside the workspace, with our packages from their archives. */

// Each package is packed once.
test.describe.configure({ mode: 'default' });

test.describe('flows of a QA engineer', () => {
  let outside: Outside;
  let kit: Packed;

  test.beforeAll(() => {
    test.setTimeout(300_000);
    outside = new Outside('qa');
    outside.install('client');
    kit = outside.install('testkit');
    outside.link('@playwright/test');
    outside.linkOf('.', '@types/node', 'typescript');
  });
  test.afterAll(() => outside?.remove());

  test('the archive of the testkit is as npm wants it', async () => {
    expect(await kit.faults()).toEqual([]);
    expect(kit.files().filter((file) => /\.test\.|src\/|workspace|provider/.test(file))).toEqual([]);
    const { dependencies, peerDependencies } = kit.manifest();
    expect(peerDependencies).toEqual({ '@playwright/test': expect.any(String) });
    const wanted = Object.entries(dependencies);
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(wanted.map(([name]) => name)).toEqual(['@sallyport/client', 'jsqr', 'mailparser', 'otplib', 'pngjs']);
  });

  test('the example compiles against it', async () => {
    expect(await outside.runOf('typescript/bin/tsc', ['-p', '.'])).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });

  test('its table of coverage is the one that its flows make', async () => {
    const list = ['test', '--list', '--project=chromium', '--reporter=./coverage.ts'];
    const { stdout } = await outside.runOf('@playwright/test/cli.js', list);
    expect(stdout).toBe(readFileSync(join(outside.folder, 'COVERAGE.md'), 'utf8'));
  });

  /** Runs the flows of the example as a QA engineer does. */
  async function flows(args: readonly string[], env: Readonly<Record<string, string>>) {
    const report = join(outside.folder, 'report.json');
    const finished = await outside.runOf(
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
    // That of the test mode is for a server in it.
    expect(stats).toMatchObject({ expected: 6, unexpected: 0, flaky: 0, skipped: 1 });

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
    const { exitCode, stats, stdout } = await flows(['--workers=1', '--grep=forgot|@test-mode'], {
      SALLYPORT_PRODUCT: product,
      SALLYPORT_TEST_MODE: '1',
    });
    expect(exitCode, stdout).toBe(0);
    expect(stats).toMatchObject({ expected: 2, unexpected: 0, flaky: 0, skipped: 0 });
  });
});

test('a QA engineer drives a browser with WebdriverIO, without Playwright', async ({ template, newSallyport }) => {
  const driver = chromedriverExecutable();
  test.skip(
    driver === undefined,
    'WebdriverIO needs a ChromeDriver of the same version as Chromium: `apt-get install chromium-driver` on Debian.',
  );
  test.setTimeout(300_000);
  const outside = new Outside('webdriverio');
  try {
    outside.install('client');
    outside.install('testkit');
    outside.link('webdriverio');
    expect(existsSync(outside.path('@playwright'))).toBe(false);
    const sallyport = newSallyport({ copyOf: template.dataDir, environment: { SALLYPORT_TEST_MODE: '1' } });
    await sallyport.start();
    const { exitCode, stdout } = await outside.run(process.execPath, ['--test', '--test-reporter=spec'], {
      SALLYPORT_URL: sallyport.url,
      CHROME_PATH: chromiumExecutable({ whole: true }) ?? '',
      CHROMEDRIVER_PATH: driver ?? '',
    });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain('pass 2');
  } finally {
    await outside.remove();
  }
});

test.describe('pages and programs of a frontend developer', () => {
  let outside: Outside;
  test.afterEach(() => outside?.remove());

  test('a page without a build signs in from an origin of its own', async ({
    page,
    playwright,
    template,
    seed,
    newSallyport,
  }) => {
    test.setTimeout(180_000);
    outside = new Outside('page');
    outside.install('client');
    outside.linkOf('packages/client', 'vite');
    const origin = await outside.start([outside.path('vite/bin/vite.js'), 'preview', '--outDir', '.', '--port', '0']);
    const sallyport = newSallyport({ copyOf: template.dataDir, environment: { CORS_ORIGINS: origin } });
    await sallyport.start();
    const index = join(outside.folder, 'index.html');
    writeFileSync(index, readFileSync(index, 'utf8').replace('http://localhost:3000', sallyport.url));

    const { email, password } = seed.partnerAdmin;
    const request = await playwright.request.newContext({ baseURL: sallyport.url });
    const { authenticator, backupCodes } = await enroll(apiOf(request), { email, password });
    expect(backupCodes).toHaveLength(10);
    await request.dispose();

    await page.goto(origin);
    const signIn = new SignInPage(page);
    await signIn.submit({ email, password: 'not the password' });
    await expect(page.getByRole('alert')).toContainText(/wrong/i);
    await signIn.submit({ email, password });
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByRole('alert')).toContainText(/code/i);
    await page.getByLabel('Code').fill(await authenticator.nextCode());
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByRole('heading', { name: 'Welcome, Pat Northwind' })).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(signIn.email).toBeVisible();
    await page.reload();
    await expect(signIn.email).toBeVisible();
  });

  test('an application in React signs in and enrols from an origin of its own', async ({
    page,
    template,
    seed,
    newSallyport,
  }) => {
    test.setTimeout(180_000);
    outside = new Outside('react');
    outside.install('client');
    outside.install('react');
    outside.link('react', 'react-dom', 'vite', '@types/react', '@types/react-dom');
    outside.linkOf('.', 'typescript');
    expect(await outside.runOf('typescript/bin/tsc', ['-p', '.'])).toMatchObject({ exitCode: 0, stdout: '' });

    const sallyport = newSallyport({
      copyOf: template.dataDir,
      environment: { CORS_ORIGINS: 'http://localhost:45173' },
    });
    await sallyport.start();
    const environment = { VITE_SALLYPORT_URL: sallyport.url };
    expect(await outside.runOf('vite/bin/vite.js', ['build'], environment)).toMatchObject({ exitCode: 0 });
    const origin = await outside.start([
      outside.path('vite/bin/vite.js'),
      'preview',
      '--port',
      '45173',
      '--strictPort',
    ]);

    await page.goto(origin);
    await new SignInPage(page).submit(seed.partnerAdmin);
    await expect(page.getByRole('heading', { name: 'Welcome, Pat Northwind' })).toBeVisible();
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const authenticator = new VirtualAuthenticator();
    const qrCode = page.getByRole('img', { name: 'QR code' });
    await expect(qrCode).toBeVisible();
    authenticator.scan(await qrCode.screenshot());
    await page.locator('[name=password]').fill(seed.partnerAdmin.password);
    await page.locator('[name=code]').fill(await authenticator.nextCode());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('button', { name: 'I have saved these codes' }).click();
    await expect(page.getByText('Two-factor authentication is on.').first()).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await new SignInPage(page).submit(seed.partnerAdmin);
    await page.getByLabel('Code').fill(await authenticator.nextCode());
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByRole('heading', { name: 'Welcome, Pat Northwind' })).toBeVisible();
  });

  test('a program keeps its cookies and walks through the users', async ({ server, seeded, enrolled }) => {
    outside = new Outside('script');
    outside.install('client');
    outside.link('fetch-cookie');
    const { customerAdmin, member, readOnlyAdmin } = seeded;
    const { authenticator } = await enrolled(customerAdmin);
    const environment = { SALLYPORT_URL: server.url, SALLYPORT_EMAIL: customerAdmin.email };
    const program = (more: Record<string, string>) =>
      outside.run(process.execPath, ['users-without-mfa.js'], { ...environment, ...more });

    const { stdout, ...finished } = await program({
      SALLYPORT_PASSWORD: customerAdmin.password,
      SALLYPORT_CODE: await authenticator.nextCode(),
    });
    expect(finished).toEqual({ exitCode: 0, stderr: '' });
    const lines = [readOnlyAdmin, member].map(({ email }) => `${email}\tAcme Rockets`);
    expect(stdout.trim().split('\n').sort()).toEqual(lines.sort());

    const refused = await program({ SALLYPORT_PASSWORD: 'not the password' });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^invalid_credentials: /) });
  });

  test('a script in a shell signs in with curl', async ({ server, seeded, enrolled }) => {
    outside = new Outside('shell');
    const { member, customerAdmin } = seeded;
    const { authenticator } = await enrolled(member);
    const script = (more: Record<string, string>) =>
      outside.run('sh', ['sign-in.sh'], { SALLYPORT_URL: server.url, ...more });
    const admin = { SALLYPORT_EMAIL: customerAdmin.email, SALLYPORT_PASSWORD: customerAdmin.password };
    expect(await script(admin)).toEqual({
      exitCode: 0,
      stdout: `Carlos <${customerAdmin.email}>, admin of Acme Rockets\n`,
      stderr: '',
    });
    const person = { SALLYPORT_EMAIL: member.email, SALLYPORT_PASSWORD: member.password };
    const wrong = await script({ ...person, SALLYPORT_CODE: '000000' });
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^invalid_code: /m) });
    expect(await script({ ...person, SALLYPORT_CODE: await authenticator.nextCode() })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`<${member.email}>, member of Acme Rockets`),
    });
  });

  test('a service of another process knows who is signed in, and who is no more', async ({
    page,
    server,
    seeded,
    signIn,
  }) => {
    outside = new Outside('service');
    outside.link('@fastify/cookie', 'fastify', 'jose');
    const service = await outside.start(['server.js'], { SALLYPORT_URL: server.url, PORT: '0' });
    // As a browser does, which sends the cookies of a host to each of its ports.
    const reports = new URL('/reports', service.replace('127.0.0.1', 'localhost')).href;
    expect((await page.request.get(reports)).status()).toBe(401);
    await signIn(seeded.member);
    const answered = await page.request.get(reports);
    expect(await answered.json()).toMatchObject({ organization: seeded.customer.id, assuranceLevel: 1 });
    expect((await page.request.delete(reports)).status()).toBe(204);

    const [kept] = (await page.context().cookies()).filter(({ name }) => name === 'sallyport_access');
    const cookie = `sallyport_access=${kept?.value}`;
    accepted(await apiOf(page.request).POST('/api/v1/auth/logout'));
    const later = (method: 'GET' | 'DELETE') => fetch(`${service}/reports`, { method, headers: { cookie } });
    expect((await later('GET')).status).toBe(200);
    expect((await later('DELETE')).status).toBe(401);
    const tampered = cookie.replace(/\.[^.]+\./, (claims) => claims.toUpperCase());
    expect((await fetch(`${service}/reports`, { headers: { cookie: tampered } })).status).toBe(401);
  });
});
