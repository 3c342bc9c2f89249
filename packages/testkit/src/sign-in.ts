import { type Api, accepted } from './api.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

/** What somebody signs in with. */
export interface Credentials {
  email: string;
  password: string;
  /** The key of the authenticator, base32, where there is one. */
  totpSecret?: string;
}

/** So many codes are valid at a time; another worker may have spent each of them a moment ago. */
const CODES = 3;

/**
 * Signs in over the REST API, with a code where the account asks for one. Where one is to be set up first, the session
 * opens that alone.
 *
 * @param api with cookies; the session in them is ended
 * @throws Error when the service refuses, or asks for a code and there is no `totpSecret`
 */
export async function signIn(api: Api, { email, password, totpSecret }: Credentials): Promise<void> {
  const { status } = accepted(await api.POST('/api/v1/auth/login', { body: { email, password } }));
  if (status !== 'mfa_required') return;
  if (totpSecret === undefined) {
    throw new Error(`${email} signs in with a second factor: give the key of its authenticator as \`totpSecret\`.`);
  }
  const authenticator = new VirtualAuthenticator();
  authenticator.enterKey(totpSecret);
  for (let tried = 1; ; tried += 1) {
    const body = { method: 'totp', code: await authenticator.nextCode() } as const;
    const answer = await api.POST('/api/v1/auth/login/mfa', { body });
    if (answer.error?.reason === 'already_used' && tried < CODES) continue;
    accepted(answer);
    return;
  }
}
