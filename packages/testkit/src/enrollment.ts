import type { APIRequestContext, APIResponse } from '@playwright/test';
import type { Person } from './directory.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

/** A person with two-factor authentication on. */
export interface Enrolled {
  authenticator: VirtualAuthenticator;
  /** Ten codes, as the service shows them. */
  backupCodes: string[];
}

/**
 * Signs in with the password alone and enrols an authenticator over the REST API, for tests that begin after that.
 * It spends one code, and leaves the person signed in within `request`.
 *
 * @throws Error when the service refuses
 */
export async function enroll(request: APIRequestContext, person: Person): Promise<Enrolled> {
  const { email, password } = person;
  await accepted(await request.post('/api/v1/auth/login', { data: { email, password } }));
  const begun = await accepted(await request.post('/api/v1/me/mfa/totp'));
  const { secret } = (await begun.json()) as { secret: string };
  const authenticator = new VirtualAuthenticator();
  authenticator.enterKey(secret);
  const data = { password, code: await authenticator.nextCode() };
  const confirmed = await accepted(await request.post('/api/v1/me/mfa/totp/confirm', { data }));
  const { backupCodes } = (await confirmed.json()) as { backupCodes: string[] };
  return { authenticator, backupCodes };
}

async function accepted(answer: APIResponse): Promise<APIResponse> {
  if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  return answer;
}
