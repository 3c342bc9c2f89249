import type { Schemas } from '@sallyport/client';

/** What a passkey answered. */
export type PasskeyAnswer = Schemas['PasskeyAnswer'];

/**
 * Why there is no answer: the person (or the time) put an end to it, the authenticator has a passkey of this account
 * already, or this browser cannot do it on this page.
 */
export type PasskeyFailure = 'cancelled' | 'known' | 'unusable';

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
export const canUsePasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** Only who uses a passkey loads what it takes. */
const browser = () => import('@simplewebauthn/browser');
type Browser = Awaited<ReturnType<typeof browser>>;
type Registration = Parameters<Browser['startRegistration']>[0]['optionsJSON'];
type Authentication = Parameters<Browser['startAuthentication']>[0]['optionsJSON'];

/** Has the browser make a passkey. @throws PasskeyError */
export const makePasskey = (options: Schemas['PasskeyCreationOptions']): Promise<Schemas['PasskeyCreationAnswer']> =>
  browser()
    .then(({ startRegistration }) => startRegistration({ optionsJSON: options as Registration }))
    .catch(fail);

/**
 * Has the browser ask for a passkey.
 *
 * @param signal  ends the asking; not to be aborted once there is an answer
 * @param offered waits until the person chooses one where the address is typed, and shows nothing before
 * @throws PasskeyError
 */
export const askPasskey = (
  options: Schemas['PasskeyRequestOptions'],
  signal?: AbortSignal,
  { offered = false }: { offered?: boolean } = {},
): Promise<PasskeyAnswer> =>
  browser()
    .then(({ startAuthentication, WebAuthnAbortService }) => {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', () => WebAuthnAbortService.cancelCeremony(), { once: true });
      return startAuthentication({
        optionsJSON: options as Authentication,
        ...(offered && { useBrowserAutofill: true }),
      });
    })
    .catch(fail);

/** The library keeps the name that the browser gave (WebAuthn Level 3, sections 5.1.3 and 5.1.4). */
function fail(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyError('cancelled', error);
  throw new PasskeyError(name === 'InvalidStateError' ? 'known' : 'unusable', error);
}
