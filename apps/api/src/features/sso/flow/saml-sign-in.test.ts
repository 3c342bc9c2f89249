import { samlProviderObstacle } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SamlConnectionUnderTest, SamlFlow } from '../../../testing/saml.ts';

const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

let flow: SamlFlow;
let connection: SamlConnectionUnderTest;
beforeAll(async () => {
  if (obstacle !== null) return;
  flow = await SamlFlow.start();
  connection = await flow.connection();
});
afterAll(() => flow?.stop());

test('an invited user signs in through a SAML provider, from the button to /me', async () => {
  const user = await flow.invited(connection, 'alice');
  const { browser, location } = await flow.signIn(connection, 'alice', { returnTo: '/users?q=a' });
  expect(location).toBe('/users?q=a');
  const me = await browser.get('/me');
  expect(me.body).toMatchObject({
    id: user.id,
    status: 'active',
    hasPassword: false,
    session: { method: 'sso', aal: 1 },
    mfa: { enabled: false, canEnroll: false },
  });
  const again = await flow.signIn(connection, 'alice');
  expect((await again.browser.get('/me')).body).toMatchObject({ id: user.id });
});

test('an encrypted answer, signed by the next certificate, to a signed request, signs in', async () => {
  const strict = await flow.connection({ treat: { encrypt: true, rolledOver: true, wantSignedRequests: true } });
  const user = await flow.invited(strict, 'bob');
  const { browser, location } = await flow.signIn(strict, 'bob');
  expect(location).toBe('/');
  expect((await browser.get('/me')).body.id).toBe(user.id);
});

test('the session ends no later than the provider says (SessionNotOnOrAfter)', async () => {
  const short = await flow.connection();
  const user = await flow.invited(short, 'alice');
  await flow.signIn(short, 'alice');
  const session = await flow.service.db.session.findFirstOrThrow({ where: { userId: user.id } });
  // SimpleSAMLphp says eight hours; ours would be twelve.
  const hours = (session.expiresAt.getTime() - flow.service.clock.now().getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(7.9);
  expect(hours).toBeLessThanOrEqual(8.1);
});

test('SEC-32: the result of the ACS is for the browser that began alone', async () => {
  const own = await flow.connection();
  await flow.invited(own, 'alice');
  const browser = flow.service.browser();
  const answer = await flow.atProvider(own, 'alice', browser);
  const { location } = await flow.postToAcs(own, answer);
  expect(location).toMatch(/^\/api\/v1\/auth\/sso\/complete\?code=[\w-]{43}$/);
  const thief = flow.service.browser();
  const stolen = await flow.follow(location, thief);
  expect(flow.errorOf(stolen.location)).toBe('sso_expired');
  expect((await thief.get('/me')).status).toBe(401);
  expect((await flow.follow(location, browser)).location).toBe('/');
  expect(flow.errorOf((await flow.follow(location, browser)).location)).toBe('sso_expired');
});

test('SEC-32: junk with the right RelayState burns nothing, and the admin reads why it was refused', async () => {
  const own = await flow.connection();
  await flow.invited(own, 'alice');
  const browser = flow.service.browser();
  const answer = await flow.atProvider(own, 'alice', browser);
  for (const samlResponse of ['junk', '', Buffer.from('<a/>').toString('base64')]) {
    const refused = await flow.postToAcs(own, { ...answer, samlResponse });
    expect(flow.errorOf(refused.location)).toBe('sso_failed');
  }
  const changed = Buffer.from(answer.samlResponse, 'base64').toString('utf8').replace('alice@', 'admin@');
  const forged = { ...answer, samlResponse: Buffer.from(changed).toString('base64') };
  expect(flow.errorOf((await flow.postToAcs(own, forged)).location)).toBe('sso_failed');
  expect(await flow.causeOf(own)).toContain('signature');
  expect((await flow.follow((await flow.postToAcs(own, answer)).location, browser)).location).toBe('/');
});

test('SEC-32: an assertion is accepted once, however often and however parallel it comes', async () => {
  const open = await flow.connection({ config: { allowUnsolicited: true } });
  await flow.invited(open, 'alice');
  const answer = await flow.unasked(open, 'alice');
  const posts = await Promise.all(Array.from({ length: 8 }, () => flow.postToAcs(open, answer)));
  const accepted = posts.filter(({ location }) => location.startsWith('/api/v1/auth/sso/complete'));
  expect(accepted).toHaveLength(1);
  expect(flow.errorOf((await flow.postToAcs(open, answer)).location)).toBe('sso_failed');
  expect(await flow.causeOf(open)).toContain('used before');
});

test('SEC-32: the answer to a request is taken once, also by many at the same time', async () => {
  const own = await flow.connection();
  await flow.invited(own, 'alice');
  const browser = flow.service.browser();
  const answer = await flow.atProvider(own, 'alice', browser);
  const posts = await Promise.all(Array.from({ length: 8 }, () => flow.postToAcs(own, answer)));
  expect(posts.filter(({ location }) => location.includes('/complete'))).toHaveLength(1);
});

test('SEC-32: a sign-in that begins at the provider is off unless allowed, and RelayState leads nowhere', async () => {
  const closed = await flow.connection();
  await flow.invited(closed, 'alice');
  const refused = await flow.postToAcs(closed, await flow.unasked(closed, 'alice'));
  expect(flow.errorOf(refused.location)).toMatch(/^sso_/);
  expect(refused.cookies).toEqual([]);

  const open = await flow.connection({ config: { allowUnsolicited: true } });
  const user = await flow.invited(open, 'alice');
  const browser = flow.service.browser();
  const answer = await flow.unasked(open, 'alice', 'https://evil.example/');
  expect(answer.relayState).toBe('https://evil.example/');
  const posted = await flow.postToAcs(open, answer, browser);
  expect((await flow.follow(posted.location, browser)).location).toBe('/');
  expect((await browser.get('/me')).body.id).toBe(user.id);
});

test('SEC-33: an answer for the connection of another organisation is refused', async () => {
  const [mine, yours] = [await flow.connection(), await flow.connection({ config: { allowUnsolicited: true } })];
  await flow.invited(yours, 'alice');
  const answer = await flow.atProvider(mine, 'alice', flow.service.browser());
  const posted = await flow.postToAcs(yours, answer);
  expect(flow.errorOf(posted.location)).toMatch(/^sso_/);
  const { requestId: _, ...unasked } = { ...(await flow.unasked(mine, 'alice')), requestId: null };
  expect(flow.errorOf((await flow.postToAcs(yours, unasked)).location)).toMatch(/^sso_/);
  expect(await flow.causeOf(yours)).toContain(yours.acsUrl);
});

test('SEC-31: an address as NameID counts only inside of the verified domains', async () => {
  const subject = { source: 'name_id', format: 'email_address' };
  const treat = { nameId: 'email_address' } as const;
  const foreign = await flow.connection({ config: { subject }, treat });
  await flow.invited(foreign, 'mallory');
  expect(flow.errorOf((await flow.signIn(foreign, 'mallory')).location)).toBe('sso_failed');
  expect(await flow.causeOf(foreign)).toContain('outside of the verified domains');
});

test('SEC-34: a provider that refuses gives a clear page, and its own words to the admin', async () => {
  const wanting = await flow.connection({ config: { certificates: [flow.provider.keys.second.certificate] } });
  await flow.invited(wanting, 'alice');
  const { location } = await flow.signIn(wanting, 'alice');
  const page = new URL(location, 'http://localhost');
  expect(page.pathname).toBe('/sign-in');
  expect(page.searchParams.get('error')).toBe('sso_failed');
  expect(page.searchParams.get('requestId')).toMatch(/^[\w-]+$/);
  expect(await flow.causeOf(wanting)).toContain('none of the certificates');
});
