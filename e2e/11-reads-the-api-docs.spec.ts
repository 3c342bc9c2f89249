import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { expect, test } from '@sallyport/testkit/workspace';

test('a developer browses the API at /docs', async ({ page, request }) => {
  const document = await (await request.get('/api/v1/openapi.json')).json();
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toContain('/api/v1/me/mfa/totp/confirm');

  await page.goto('/docs');
  await expect(page.getByText('/api/v1/me/mfa/totp/confirm').first()).toBeVisible();
});

test('a developer tries calls on the page, signed in with an account of the demo, and puts the demo back', async ({
  page,
  newSallyport,
}) => {
  test.setTimeout(180_000);
  const sallyport = newSallyport({ demo: true });
  await sallyport.start();
  const accounts = () => JSON.parse(readFileSync(join(sallyport.dataDir, 'demo-accounts.json'), 'utf8'));
  const [{ email, password }] = accounts();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });

  await page.goto(`${sallyport.url}/docs`);
  await expect(page.getByRole('cell', { name: email })).toBeVisible();
  await expect(page.getByText(password)).toHaveCount(0);

  /** Opens an operation, or the one that is open, executes it, and gives what came back. */
  const tryOut = async (id: string, body?: object) => {
    const operation = page.locator(`#operations-${id}`);
    const tryIt = operation.getByRole('button', { name: 'Try it out' });
    if ((await operation.getByRole('button', { name: 'Execute' }).count()) === 0) {
      await operation.locator('.opblock-summary-control').click();
      await tryIt.click();
    }
    if (body !== undefined) await operation.getByRole('textbox').first().fill(JSON.stringify(body));
    const answered = page.waitForResponse((response) => response.url().includes('/api/v1/'));
    await operation.getByRole('button', { name: 'Execute' }).click();
    await answered;
    return operation.locator('.live-responses-table .response');
  };
  await expect(await tryOut('Account-getMe')).toContainText('unauthenticated');
  await expect(await tryOut('Sign-in-signIn', { email, password })).toContainText('authenticated');
  const me = await tryOut('Account-getMe');
  await expect(me).toContainText('200');
  await expect(me).toContainText(email);
  await expect(await tryOut('Account-updateMe', { name: 'Patricia' })).toContainText('Patricia');

  // As after five minutes, when the browser drops it.
  await page.context().clearCookies({ name: 'sallyport_access' });
  const renewed = page.waitForResponse((response) => response.url().endsWith('/auth/refresh'));
  await expect(await tryOut('Account-updateMe', { name: 'Trish' })).toContainText('Trish');
  expect((await renewed).status()).toBe(204);
  expect((await page.context().cookies()).map(({ name }) => name)).toContain('sallyport_access');
  expect(refused).toEqual([]);

  const reset = await sallyport.command('demo', 'reset');
  expect(reset).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('as they were seeded') });
  await expect(await tryOut('Account-getMe')).toContainText('unauthenticated');
  await tryOut('Sign-in-signIn', { email, password });
  await expect(await tryOut('Account-getMe')).toContainText('"name": "Pat"');
});

test.describe('the site of the documentation', () => {
  const site = join(import.meta.dirname, '../docs/.vitepress/dist');
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
  let server: Server;
  let url: string;

  test.beforeAll(async () => {
    // In a folder of the server, as it may be put anywhere.
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://site').pathname.replace(/^\/manual\//, '');
      const file = path === '' ? 'index.html' : decodeURIComponent(path);
      response.setHeader('content-type', types[extname(file)] ?? 'text/plain');
      response.end(readFileSync(join(site, file)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/manual/`;
  });
  test.afterAll(() => void server.close());

  test('a developer searches it without any other host, and reads on', async ({ page }) => {
    const asked = new Set<string>();
    const faults: string[] = [];
    page.on('request', (request) => {
      const address = new URL(request.url());
      if (address.protocol.startsWith('http')) asked.add(address.origin);
    });
    page.on('pageerror', (error) => faults.push(error.message));

    await page.goto(url);
    await page.getByRole('link', { name: 'Ten minutes to a sign-in page' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Ten minutes');
    await expect(page.getByText('onSessionLost')).toBeVisible();

    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.getByRole('searchbox').fill('cross-site');
    await page
      .getByRole('link', { name: /another site/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: /another site/ }).first()).toBeVisible();

    await page.goto(`${url}reference/users.html#updateuser`);
    await expect(page.getByRole('heading', { name: /Change a user/ })).toBeInViewport();
    expect([...asked]).toEqual([new URL(url).origin]);
    expect(faults).toEqual([]);
  });
});
