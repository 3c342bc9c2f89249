import { PASSKEY_SECONDS } from '@sallyport/core';
import type { StoredPasskey } from './store.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** As `navigator.credentials.create` answers, in JSON (WebAuthn Level 3, section 5.1.8); texts are base64url. */
export interface CreationAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  response: { clientDataJSON: string; attestationObject: string; transports?: string[] };
  /** `credProps.rk`: whether the passkey is found without being named (section 10.1.3). */
  clientExtensionResults?: { credProps?: { rk?: boolean } };
}

/** As `navigator.credentials.get` answers, in JSON. */
export interface PasskeyAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | null };
}

/** Who asks for passkeys, and on which pages (WebAuthn Level 3, section 5.1.2). */
export interface RelyingParty {
  /** A domain. Passkeys are bound to it for good. */
  id: string;
  name: string;
  /** Of the pages whose answers are taken. */
  origins: string[];
}

type Known = Pick<StoredPasskey, 'credentialId' | 'transports'>;

/**
 * EdDSA, ES256 and RS256 as IANA numbers them for COSE: what is offered to authenticators and taken from them (section
 * 5.8.5 names these as the least to offer).
 */
export const ALGORITHMS = [-8, -7, -257];

const timeout = PASSKEY_SECONDS * 1000;

/**
 * The service as relying party: at the host of its URL, for its own pages and those of the origins that may call it with
 * credentials. Of these a browser lets pages elsewhere than at or under that host ask for its passkeys where the host
 * says so (related origins, section 5.11), over https alone.
 */
export function relyingPartyOf(config: { publicUrl: URL; corsOrigins: readonly string[] }): RelyingParty {
  const id = config.publicUrl.hostname;
  const mayAsk = ({ hostname, protocol }: URL): boolean => protocol === 'https:' || `.${hostname}`.endsWith(`.${id}`);
  const origins = config.corsOrigins.filter((origin) => mayAsk(new URL(origin)));
  return { id, name: 'Sallyport', origins: [config.publicUrl.origin, ...origins] };
}

/**
 * What `navigator.credentials.create` is called with, in JSON.
 *
 * @param known what the user has already
 * @param attested whether it is to prove its model; browsers ask their user before they pass that on
 */
export const creationOptions = (
  { id, name }: RelyingParty,
  user: { userId: string; email: string; name: string },
  challenge: Bytes,
  known: readonly Known[],
  attested: boolean,
) => ({
  rp: { id, name },
  user: { id: base64url(userHandle(user.userId)), name: user.email, displayName: user.name },
  challenge: base64url(challenge),
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
  timeout,
  attestation: attested ? 'direct' : 'none',
  excludeCredentials: known.map(descriptor),
  authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'preferred' },
  extensions: { credProps: true },
});

/**
 * What `navigator.credentials.get` is called with, in JSON.
 *
 * @param known what the user has; null where the user is not known: any passkey of ours that verifies its user
 */
export const requestOptions = ({ id: rpId }: RelyingParty, challenge: Bytes, known: readonly Known[] | null) => ({
  rpId,
  challenge: base64url(challenge),
  allowCredentials: (known ?? []).map(descriptor),
  timeout,
  userVerification: known === null ? 'required' : 'preferred',
});

/** The challenge that an answer says it is to, as it was asked with or anything else. Null where it says none. */
export function challengeOf({ response }: PasskeyAnswer): Bytes | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString());
    return typeof challenge === 'string' ? bytesOf(challenge) : null;
  } catch {
    return null;
  }
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export const bytesOf = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'base64url'));

/** The id of the user, which authenticators keep; it tells nobody who that is. */
export const userHandle = (userId: string): Bytes => Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));

const descriptor = ({ credentialId, transports }: Known) => ({
  id: base64url(credentialId),
  type: 'public-key',
  transports,
});
