import { GOOD_PASSWORD, type TestApp, type TestUser } from './app.ts';
import type { Answer, Browser } from './browser.ts';
import { SoftwareAuthenticator, type Twist } from './software-authenticator.ts';

/** Adds a passkey to the user behind `browser`; the answer is that of the last request. */
export async function addPasskey(
  browser: Browser,
  authenticator: SoftwareAuthenticator,
  { name = 'Laptop', twist = {} }: { name?: string; twist?: Twist } = {},
): Promise<Answer> {
  const options = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
  if (options.status !== 200) return options;
  return browser.post('/me/mfa/passkeys', { name, response: authenticator.create(options.body, twist) });
}

/** A user whose one factor is a passkey, signed in at aal 2. */
export async function passkeyUser(service: TestApp, options: Parameters<TestApp['user']>[0] = {}) {
  const user = await service.user(options);
  const browser = await service.signIn(user);
  const authenticator = new SoftwareAuthenticator();
  const { body, status } = await addPasskey(browser, authenticator);
  if (status !== 201) throw new Error(`enrolment: ${status} ${JSON.stringify(body)}`);
  return { user, browser, authenticator, id: body.factor.id as string, backupCodes: body.backupCodes as string[] };
}

/** A device on which the password was right, and which asks for a passkey. */
export async function askedAtSignIn(service: TestApp, { email, password }: TestUser, browser = service.browser()) {
  const first = await browser.post('/auth/login', { email, password });
  const { body, status } = await browser.post('/auth/login/mfa/passkey-options');
  if (status !== 200) throw new Error(`options: ${first.status} ${status} ${JSON.stringify(body)}`);
  const answer = (response: unknown): Promise<Answer> =>
    browser.post('/auth/login/mfa', { method: 'passkey', response });
  return { browser, options: body, methods: first.body.methods as string[], answer };
}

/** What a signed-in user shows before a change. */
export async function shownAgain(browser: Browser, authenticator: SoftwareAuthenticator, twist: Twist = {}) {
  const { body } = await browser.post('/me/mfa/passkey-options');
  return { password: GOOD_PASSWORD, response: authenticator.get(body, twist) };
}

/** An organization that lets passkeys sign in alone. */
export const passwordlessCustomer = async (service: TestApp) =>
  service.customer(await service.partner(), { passwordlessEnabled: true });

/** A device that was asked for any passkey. */
export async function askedForAny(service: TestApp, browser = service.browser()) {
  const { body, status } = await browser.post('/auth/passkey/options');
  if (status !== 200) throw new Error(`options: ${status} ${JSON.stringify(body)}`);
  const answer = (response: unknown, from = browser): Promise<Answer> => from.post('/auth/passkey', { response });
  return { browser, options: body, answer };
}
