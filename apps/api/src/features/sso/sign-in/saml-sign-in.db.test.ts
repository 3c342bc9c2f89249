import { inflateRawSync } from 'node:zlib';
import { samlProviderObstacle } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SamlFlow, type TestSamlConnection } from '../../../testing/saml.ts';

const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

let flow: SamlFlow;
let connection: TestSamlConnection;
/** Takes sign-ins that begin at the provider. */
let open: TestSamlConnection;
beforeAll(async () => {
  if (obstacle !== null) return;
  flow = await SamlFlow.start();
  [connection, open] = await Promise.all([flow.connection(), flow.connection({ config: { allowUnsolicited: true } })]);
});
afterAll(() => flow?.stop());

const errorOf = (location: string) => new URL(location, 'http://localhost').searchParams.get('error');
const isAccepted = ({ location }: { location: string }) => location.startsWith('/api/v1/auth/sso/complete?code=');

test('an invited user signs in through a SAML provider, and again by the same subject', async () => {
  const person = await flow.person(connection);
  const { browser, location } = await flow.signIn(connection, person, '/users?q=a');
  expect(location).toBe('/users?q=a');
  expect((await browser.get('/me')).body).toMatchObject({
    id: person.userId,
    status: 'active',
    hasPassword: false,
    session: { method: 'sso', aal: 1 },
    mfa: { enabled: false, canEnroll: false },
  });
  const again = await flow.signIn(connection, person);
  expect((await again.browser.get('/me')).body.id).toBe(person.userId);
});

test('SEC-43: a fresh sign-in asks the provider to ask the person again, and believes only an answer that did', async () => {
  const person = await flow.person(connection);
  const begin = async () => {
    const browser = flow.service.browser();
    const started = await browser.get(`/auth/sso/${connection.id}/start?fresh=true&returnTo=%2Fusers`);
    const url = new URL(String(started.headers.location));
    const request = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
    expect(request).toContain('ForceAuthn="true"');
    const answer = await flow.provider.signIn(url, person.account);
    return { browser, posted: await flow.postToAcs(connection, answer) };
  };
  const fresh = await begin();
  expect(await flow.follow(fresh.posted.location, fresh.browser)).toBe('/users');

  // By our clock the attempt begins after the person was asked.
  flow.service.clock.advance({ minutes: 2 });
  const old = await begin();
  expect(errorOf(await flow.follow(old.posted.location, old.browser))).toBe('sso_failed');
  expect(await flow.causeOf(connection)).toContain('AuthnInstant');
  expect((await old.browser.get('/me')).status).toBe(401);
  flow.service.clock.advance({ minutes: -2 });
});

test('SEC-32: an encrypted answer, signed by the next certificate, to a signed request, signs in', async () => {
  const strict = await flow.connection({ treat: { encrypt: true, rolledOver: true, wantSignedRequests: true } });
  const person = await flow.person(strict);
  const { browser } = await flow.signIn(strict, person);
  expect((await browser.get('/me')).body.id).toBe(person.userId);
});

test('the session ends no later than the provider says (SessionNotOnOrAfter)', async () => {
  const person = await flow.person(connection);
  await flow.signIn(connection, person);
  const session = await flow.service.db.session.findFirstOrThrow({ where: { userId: person.userId } });
  // SimpleSAMLphp says eight hours; ours would be twelve.
  const hours = (session.expiresAt.getTime() - flow.service.clock.now().getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(7.9);
  expect(hours).toBeLessThan(8.1);
});

test('SEC-32: what the ACS leaves is for the browser that began alone, and once', async () => {
  const person = await flow.person(connection);
  const browser = flow.service.browser();
  const { location } = await flow.postToAcs(connection, await flow.atProvider(connection, person, browser));
  const thief = flow.service.browser();
  expect(errorOf(await flow.follow(location, thief))).toBe('sso_expired');
  expect((await thief.get('/me')).status).toBe(401);
  expect(await flow.follow(location, browser)).toBe('/');
  expect(errorOf(await flow.follow(location, browser))).toBe('sso_expired');
});

test('SEC-32: junk with the right RelayState burns nothing, and the admin reads why it was refused', async () => {
  const person = await flow.person(connection);
  const browser = flow.service.browser();
  const answer = await flow.atProvider(connection, person, browser);
  const changed = Buffer.from(answer.samlResponse, 'base64').toString('utf8').replace('Pat Person', 'Eve Evil');
  for (const junk of ['junk', '', Buffer.from('<a/>').toString('base64'), Buffer.from(changed).toString('base64')]) {
    const refused = await flow.postToAcs(connection, { ...answer, samlResponse: junk });
    expect(refused.status).toBe(303);
    expect(errorOf(refused.location)).toBe('sso_failed');
  }
  expect(await flow.causeOf(connection)).toContain('signature');
  const { location } = await flow.postToAcs(connection, answer);
  expect(await flow.follow(location, browser)).toBe('/');
});

test('SEC-32: the answer to a request is taken once, also when it comes eight times at once', async () => {
  const person = await flow.person(connection);
  const answer = await flow.atProvider(connection, person, flow.service.browser());
  const posts = await Promise.all(Array.from({ length: 8 }, () => flow.postToAcs(connection, answer)));
  expect(posts.filter(isAccepted)).toHaveLength(1);
});

test('SEC-32: an assertion without a request is taken once, also when it comes eight times at once', async () => {
  const person = await flow.person(open);
  const answer = await flow.provider.signInUnasked(open.entityId, person.account);
  const posts = await Promise.all(Array.from({ length: 8 }, () => flow.postToAcs(open, answer)));
  expect(posts.filter(isAccepted)).toHaveLength(1);
  expect(errorOf((await flow.postToAcs(open, answer)).location)).toBe('sso_failed');
  expect(await flow.causeOf(open)).toContain('used before');
});

test('SEC-32: a sign-in that begins at the provider is off unless allowed', async () => {
  const person = await flow.person(connection);
  const answer = await flow.provider.signInUnasked(connection.entityId, person.account);
  const refused = await flow.postToAcs(connection, answer);
  expect(errorOf(refused.location)).toMatch(/^sso_/);
  expect(refused.cookies).toEqual([]);
});

test('SEC-32: where it may begin at the provider, RelayState leads nowhere', async () => {
  const person = await flow.person(open);
  const answer = await flow.provider.signInUnasked(open.entityId, person.account, 'https://evil.example/');
  expect(answer.relayState).toBe('https://evil.example/');
  const posted = await flow.postToAcs(open, answer);
  const browser = flow.service.browser();
  for (const { name, value } of posted.cookies) browser.jar.set(name, value);
  expect(await flow.follow(posted.location, browser)).toBe('/');
  expect((await browser.get('/me')).body.id).toBe(person.userId);
});

test('SEC-33: an answer for the connection of another organisation is refused', async () => {
  const person = await flow.person(connection);
  const asked = await flow.atProvider(connection, person, flow.service.browser());
  const unasked = await flow.provider.signInUnasked(connection.entityId, person.account);
  for (const answer of [asked, unasked]) {
    expect(errorOf((await flow.postToAcs(open, answer)).location)).toBe('sso_failed');
    expect(await flow.causeOf(open)).toContain(open.acsUrl);
  }
});

test('SEC-31: an address as NameID counts only inside of the verified domains', async () => {
  const byAddress = await flow.connection({
    config: { subject: { source: 'name_id', format: 'email_address' } },
    treat: { nameId: 'email_address' },
  });
  const inside = await flow.person(byAddress);
  expect((await flow.signIn(byAddress, inside)).location).toBe('/');
  const outside = await flow.person(byAddress, { domain: connection.domain });
  expect(errorOf((await flow.signIn(byAddress, outside)).location)).toBe('sso_failed');
  expect(await flow.causeOf(byAddress)).toContain('outside of the verified domains');
});

test('SEC-34: what is refused is a clear page for the person, and a cause for the admin', async () => {
  const wanting = await flow.connection({ config: { certificates: [flow.provider.keys.second.certificate] } });
  const person = await flow.person(wanting);
  const page = new URL((await flow.signIn(wanting, person)).location, 'http://localhost');
  expect(page.pathname).toBe('/sign-in');
  expect([...page.searchParams.keys()].sort()).toEqual(['error', 'requestId']);
  expect(await flow.causeOf(wanting)).toContain('none of the certificates');
});

test('SEC-35: another certificate serves once it was tested, and ends the sessions that the old one let in', async () => {
  const { first, second } = flow.provider.keys;
  const rolling = await flow.connection({ config: { certificates: [first.certificate] } });
  const person = await flow.person(rolling);
  await flow.service.db.user.update({ where: { id: person.userId }, data: { role: 'admin', access: 'read_write' } });
  const { browser: admin } = await flow.signIn(rolling, person);
  const { browser } = await flow.signIn(rolling, person);
  const own = `/organizations/${rolling.organization.id}/sso-connections/${rolling.id}`;
  const { certificates, config } = (await admin.get(own)).body;
  const { pendingChange } = (await admin.patch(own, { config: { ...config, certificates: [second.certificate] } }))
    .body;
  expect(pendingChange.certificates).toHaveLength(1);
  expect(pendingChange.certificates[0].fingerprint).not.toBe(certificates[0].fingerprint);

  const tested = async () => {
    const { url } = (await admin.post(`${own}/test`, {})).body;
    const { location } = await flow.postToAcs(rolling, await flow.provider.signIn(new URL(url), person.account));
    if (location.startsWith('/api/v1/')) await flow.follow(location, admin);
    return (await admin.get(`${own}/test`)).body.result;
  };
  expect(await tested()).toMatchObject({ outcome: 'failure', ofChange: true, applied: false });
  expect((await flow.signIn(rolling, person)).location).toBe('/');
  expect((await browser.get('/me')).status).toBe(200);
  await flow.rollOver(rolling);
  expect(await tested()).toMatchObject({ outcome: 'success', ofChange: true, applied: true });
  expect((await flow.signIn(rolling, person)).location).toBe('/');
  expect((await browser.get('/me')).status).toBe(401);
  expect((await admin.get('/me')).status).toBe(200);
});

describe('SEC-37: junk at the ACS', () => {
  const junk = { samlResponse: Buffer.from('<junk/>').toString('base64'), relayState: 'junk' };

  test('from an office stops neither its passwords, nor another connection, nor who began here', async () => {
    const office = { address: '192.0.2.77' };
    const begun = flow.service.browser(office);
    const person = await flow.person(open);
    const answer = await flow.atProvider(open, person, begun);
    const statuses = new Set<number>();
    for (let count = 0; count < 120; count++) statuses.add((await flow.postToAcs(open, junk, office)).status);
    expect([...statuses]).toEqual([303, 429]);

    const { email, password } = await flow.service.user();
    const signedIn = await flow.service.browser(office).post('/auth/login', { email, password });
    expect(signedIn.body).toMatchObject({ status: 'authenticated' });
    expect(await flow.follow((await flow.postToAcs(open, answer, office)).location, begun)).toBe('/');
    const other = await flow.connection({ config: { allowUnsolicited: true } });
    const unasked = await flow.provider.signInUnasked(other.entityId, (await flow.person(other)).account);
    expect(isAccepted(await flow.postToAcs(other, unasked, office))).toBe(true);
  });

  test('with the RelayState of an attempt is not judged for ever, and stops no other attempt', async () => {
    const mine = await flow.atProvider(connection, await flow.person(connection), flow.service.browser());
    const person = await flow.person(connection);
    const browser = flow.service.browser();
    const theirs = await flow.atProvider(connection, person, browser);
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) {
      statuses.push((await flow.postToAcs(connection, { ...mine, samlResponse: junk.samlResponse })).status);
    }
    expect(statuses).toEqual([...Array(20).fill(303), 429]);
    expect(await flow.follow((await flow.postToAcs(connection, theirs)).location, browser)).toBe('/');
  });

  test('and guessing of passwords stops no single sign-on', async () => {
    const office = { address: '192.0.2.78' };
    const { limiter } = flow.service.resources;
    while (!(await limiter.check(office.address))) await limiter.fail(office.address);
    const browser = flow.service.browser(office);
    const answer = await flow.atProvider(connection, await flow.person(connection), browser);
    expect(await flow.follow((await flow.postToAcs(connection, answer, office)).location, browser)).toBe('/');
  });
});
