import { type Api, accepted } from './api.ts';
import type { Credentials } from './sign-in.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

/** A person with two-factor authentication on. */
export interface Enrolled {
  authenticator: VirtualAuthenticator;
  /** The key in it, base32: with it in the `Credentials` of the person, `signIn` gives a code too. */
  totpSecret: string;
  /** Ten codes, as the service shows them. */
  backupCodes: string[];
}

/**
 * Signs in with the password alone and enrols an authenticator over the REST API, for tests that begin after that.
 * It spends one code, and leaves the person signed in.
 *
 * @param now the time of the service, Unix time in milliseconds
 * @throws Error when the service refuses
 */
export async function enroll(
  api: Api,
  { email, password }: Credentials,
  now: () => number = Date.now,
): Promise<Enrolled> {
  accepted(await api.POST('/api/v1/auth/login', { body: { email, password } }));
  const { secret } = accepted(await api.POST('/api/v1/me/mfa/totp'));
  const authenticator = new VirtualAuthenticator(now);
  authenticator.enterKey(secret);
  const body = { password, code: await authenticator.nextCode() };
  const { backupCodes } = accepted(await api.POST('/api/v1/me/mfa/totp/confirm', { body }));
  return { authenticator, totpSecret: secret, backupCodes };
}
