import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../../testing/app.ts';
import { addPasskey, askedAtSignIn } from '../../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../../testing/software-authenticator.ts';

/*
 * Pages of other origins that may call the service ask for its passkeys (WebAuthn Level 3, section 5.11): the host says
 * which, and answers of no other page are taken.
 */

const SIBLING = 'https://app.example.org';
const UNDER = 'http://app.localhost:5173';
const PLAIN = 'http://app.example.org';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start({ CORS_ORIGINS: [SIBLING, UNDER, PLAIN].join(',') });
});
afterAll(() => service.stop());

test('the host names the origins', async () => {
  const answer = await service.app.inject({ url: '/.well-known/webauthn' });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.json()).toEqual({ origins: [service.config.publicUrl.origin, SIBLING, UNDER] });
});

test.each([SIBLING, UNDER])('a passkey is added and used on a page of %s', async (origin) => {
  const user = await service.user();
  const authenticator = new SoftwareAuthenticator();
  const twist = { origin };
  expect((await addPasskey(await service.signIn(user), authenticator, { twist })).status).toBe(201);
  const { answer, options } = await askedAtSignIn(service, user);
  expect((await answer(authenticator.get(options, twist))).status).toBe(200);
});

test.each([PLAIN, 'https://example.org', 'https://evil.app.example.org'])('not on one of %s', async (origin) => {
  const user = await service.user();
  const answer = await addPasskey(await service.signIn(user), new SoftwareAuthenticator(), { twist: { origin } });
  expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_passkey' } });
});
