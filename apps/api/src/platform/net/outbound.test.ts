import { mapHosts, type OidcProviders, startOidcProviders } from '@sallyport/testkit/providers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Outbound } from './outbound.ts';

const strict = new Outbound({ allowLoopback: false });
const open = new Outbound({ allowLoopback: true });
let providers: OidcProviders;
let unmap: () => void;
beforeAll(async () => {
  providers = await startOidcProviders();
  unmap = mapHosts(providers.hostMap);
});
afterAll(async () => {
  unmap();
  strict.close();
  open.close();
  await providers.stop();
});

const discovery = () => `${providers.genericIssuer}/.well-known/openid-configuration`;

test('fetches over https', async () => {
  const response = await open.fetch(discovery());
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ issuer: providers.genericIssuer });
});

test('sends what it is given', async () => {
  const response = await open.fetch(`${providers.genericIssuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=nothing',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toHaveProperty('error');
});

test('a name that leads to a loopback address is refused at the moment of the connection', async () => {
  await expect(strict.fetch(discovery())).rejects.toThrow('id.example.org is not a public address');
});

test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'nonsense',
  'https://user:password@example.com/',
])('%s is refused', async (address) => {
  await expect(open.fetch(address)).rejects.toThrow(/https|user name/);
});

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '2130706433',
  '0x7f.1',
  '[::1]',
  '[::]',
  '[fe80::1]',
  '[fd00::1]',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::a00:1]',
])('https://%s is not fetched from', async (host) => {
  await expect(strict.fetch(`https://${host}/`)).rejects.toThrow('is not a public address');
});

test('the test setting opens loopback, and nothing else', async () => {
  await expect(open.fetch('https://10.0.0.1/')).rejects.toThrow('is not a public address');
  await expect(open.fetch('https://169.254.169.254/')).rejects.toThrow('is not a public address');
});

describe('of a provider that is broken', () => {
  test('a redirect is an answer, and is not followed', async () => {
    providers.state.brokenness = 'redirect';
    const before = providers.state.requests.length;
    expect((await open.fetch(providers.brokenIssuer)).status).toBe(302);
    expect(providers.state.requests).toHaveLength(before + 1);
  });

  test('more than 1 MiB is refused', async () => {
    providers.state.brokenness = 'huge';
    await expect(open.fetch(providers.brokenIssuer)).rejects.toThrow('more than 1 MiB');
  });

  test('SEC-34: silence ends within 5 seconds, or sooner when the caller gives up', async () => {
    providers.state.brokenness = 'silent';
    const started = Date.now();
    await expect(open.fetch(providers.brokenIssuer)).rejects.toThrow('did not answer in time');
    expect(Date.now() - started).toBeLessThan(7_000);
    await expect(open.fetch(providers.brokenIssuer, { signal: AbortSignal.timeout(10) })).rejects.toThrow('in time');
  }, 15_000);
});

test('a certificate that nobody vouches for is refused', async () => {
  unmap();
  unmap = mapHosts({ ...providers.hostMap, ca: '' });
  // The other one may resume a session that it verified.
  const fresh = new Outbound({ allowLoopback: true });
  await expect(fresh.fetch(discovery())).rejects.toThrow('cannot be reached');
  fresh.close();
  unmap();
  unmap = mapHosts(providers.hostMap);
});
