import type { Body, Result } from './api/types.ts';

type CreationOptions = Result<'/api/v1/me/mfa/passkeys/options', 'post', 200>;
type RequestOptions = Result<'/api/v1/me/mfa/passkey-options', 'post', 200>;
type CreationAnswer = Body<'/api/v1/me/mfa/passkeys', 'post'>['response'];
/** What a passkey answered. */
export type PasskeyAnswer = NonNullable<Body<'/api/v1/me/mfa/disable', 'post'>['response']>;

/**
 * Why there is no answer: the person (or the time) put an end to it, the authenticator has a passkey of this account
 * already, or this browser cannot do it on this page. Or the service refused it.
 */
type PasskeyFailure = 'cancelled' | 'known' | 'unusable' | 'refused';

export class PasskeyError extends Error {
  constructor(
    readonly failure: PasskeyFailure,
    cause: unknown,
  ) {
    super(failure, { cause });
    this.name = 'PasskeyError';
  }
}

/** Whether this browser can be asked for a passkey here. */
export const canUsePasskeys = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Has the browser make a passkey. @throws PasskeyError */
export async function makePasskey(optionsJSON: CreationOptions): Promise<CreationAnswer> {
  const { startRegistration } = await browser();
  return startRegistration({
    optionsJSON: optionsJSON as Parameters<typeof startRegistration>[0]['optionsJSON'],
  }).catch(fail);
}

/** Has the browser ask for a passkey. @throws PasskeyError */
export async function askPasskey(optionsJSON: RequestOptions): Promise<PasskeyAnswer> {
  const { startAuthentication } = await browser();
  return startAuthentication({
    optionsJSON: optionsJSON as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  }).catch(fail);
}

/** Only who uses a passkey loads what it takes. */
const browser = () => import('@simplewebauthn/browser');

/** The library keeps the name that the browser gave (WebAuthn Level 3, sections 5.1.3 and 5.1.4). */
function fail(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyError('cancelled', error);
  throw new PasskeyError(name === 'InvalidStateError' ? 'known' : 'unusable', error);
}
