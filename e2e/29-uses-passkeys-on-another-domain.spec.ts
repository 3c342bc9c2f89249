import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from '@playwright/test';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { throwAwayCertificates } from '@sallyport/testkit/providers';
import {
  AccountMenu,
  expect,
  MfaSettingsPage,
  product,
  Sallyport,
  SecurityKey,
  SignInPage,
  test,
  VerifyPage,
} from '@sallyport/testkit/workspace';

/*
 * Related origins (WebAuthn Level 3, section 5.11): the same service under two domains, whose passkeys are those of the
 * first. The browser asks the first which others may ask for them.
 */

const HOME = 'https://login.first.test';
const RELATED = 'https://app.second.test';
const FOREIGN = 'https://app.third.test';

const password = 'Quiet-Harbour-1';
const ben = { email: 'ben@acme.example', name: 'Ben', role: 'member', access: 'read_only', password };
const eve = { email: 'eve@acme.example', name: 'Eve', role: 'member', access: 'read_only', password };
const seedFile = { partners: [{ slug: 'acme', name: 'Acme', users: [ben, eve] }] };

test.describe.configure({ mode: 'default', timeout: 180_000 });
let sallyport: Sallyport;
let proxy: Server;
let browser: Browser;
/** What came from the browser for the list of related origins. */
const asked: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const hosts = [HOME, RELATED, FOREIGN].map((origin) => new URL(origin).hostname);
  const { certificate, privateKey } = await throwAwayCertificates(hosts);
  const environment = { PUBLIC_URL: HOME, CORS_ORIGINS: RELATED, TRUST_PROXY: '1' };
  sallyport = new Sallyport({ product, environment });
  await sallyport.seed(seedFile);
  await sallyport.start();
  const port = new URL(sallyport.url).port;
  // One proxy before one service, under all the names.
  proxy = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    const { headers, method, socket, url } = request;
    if (url === '/.well-known/webauthn') asked.push(`https://${headers.host}`);
    const more = { 'x-forwarded-for': socket.remoteAddress, 'x-forwarded-proto': 'https' };
    const onward = forward(
      { host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...more } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port: tlsPort } = proxy.address() as AddressInfo;
  // The key is trusted as if an authority had vouched for it: where a browser overlooks an error, there are no passkeys.
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  const executablePath = chromiumExecutable();
  browser = await chromium.launch({
    args: [
      `--host-resolver-rules=${hosts.map((host) => `MAP ${host}:443 127.0.0.1:${tlsPort}`).join(',')}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
    ],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
});
test.afterAll(async () => {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  await sallyport.dispose();
});

for (const { person, at, usedAt } of [
  { person: ben, at: HOME, usedAt: RELATED },
  { person: eve, at: RELATED, usedAt: HOME },
])
  test(`a passkey that was added at ${at} signs in at ${usedAt}`, async () => {
    const page = await browser.newPage();
    await SecurityKey.pluggedInto(page);
    const [signInPage, accountMenu] = [new SignInPage(page), new AccountMenu(page)];
    await page.goto(`${at}/sign-in`);
    await signInPage.submit(person);
    await accountMenu.choose('MFA Settings');
    const mfa = new MfaSettingsPage(page);
    await mfa.addPasskey({ ...person, id: '' }, 'Laptop');
    await mfa.finish();
    await expect(mfa.factor('Laptop')).toBeVisible();
    await page.goto(`${usedAt}/sign-in`);
    await signInPage.submit(person);
    await new VerifyPage(page).usePasskey.click();
    await expect(accountMenu.avatar).toBeVisible();
    expect(new URL(page.url()).origin).toBe(usedAt);
    // Of the first, by the browser itself, since the page is of the other.
    expect(asked).toContain(HOME);
    await page.close();
  });

test('a page of a domain that is not named is refused by the browser', async () => {
  const page = await browser.newPage();
  await SecurityKey.pluggedInto(page);
  await page.goto(`${FOREIGN}/sign-in`);
  const before = asked.length;
  const refusal = await page.evaluate(
    (rpId) =>
      navigator.credentials.get({ publicKey: { rpId, challenge: new Uint8Array(32) } }).then(
        () => null,
        ({ name }: Error) => name,
      ),
    new URL(HOME).hostname,
  );
  expect(refusal).toBe('SecurityError');
  expect(asked.slice(before)).toEqual([HOME]);
  await page.close();
});
