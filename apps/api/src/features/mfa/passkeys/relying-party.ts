import { generateKeyPairSync } from 'node:crypto';
import { PASSKEY_SECONDS, type PasskeyModels } from '@sallyport/core';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { COSEALG, decodeClientDataJSON, isoCBOR } from '@simplewebauthn/server/helpers';
import { assertTaken, ModelFault, withoutStatement } from './attestation.ts';
import type { NewPasskey, StoredPasskey } from './store.ts';

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

/** What an answer to a challenge of ours proved. */
export interface VerifiedAnswer {
  counter: number;
  backedUp: boolean;
}

type Known = Pick<StoredPasskey, 'credentialId' | 'transports'>;

/** Why an answer is refused, in words for the log. */
export class PasskeyFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PasskeyFault';
  }
}

/** What is offered to authenticators and taken from them (section 5.8.5 names these as the least to offer). */
const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];
/** Where an authenticator may be looked for (section 5.8.4); what a browser says besides is not kept. */
const TRANSPORTS: readonly string[] = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

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
    const { challenge } = decodeClientDataJSON(response.clientDataJSON);
    return typeof challenge === 'string' ? bytesOf(challenge) : null;
  } catch {
    return null;
  }
}

/**
 * Verifies the answer to `creationOptions` (WebAuthn Level 3, section 7.1).
 *
 * @param models those that are taken; null: any, and what the answer says of its model proves nothing
 * @throws PasskeyFault; ModelFault for another than the models
 */
export async function verifyCreation(
  { id: expectedRPID, origins: expectedOrigin }: RelyingParty,
  challenge: Bytes,
  { id, rawId, type, response, clientExtensionResults }: CreationAnswer,
  models: PasskeyModels | null,
  now: Date,
): Promise<Omit<NewPasskey, 'id' | 'userId' | 'name' | 'createdAt'>> {
  const { clientDataJSON, transports = [] } = response;
  const { verified, registrationInfo } = await judging(clientDataJSON, () => {
    if (models !== null) assertTaken(response.attestationObject, models, now);
    const attestationObject =
      models === null ? withoutStatement(response.attestationObject) : response.attestationObject;
    return verifyRegistrationResponse({
      response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
      expectedChallenge: base64url(challenge),
      expectedOrigin,
      expectedRPID,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
  });
  if (!verified) throw new PasskeyFault('The attestation is wrong.');
  const { aaguid, credential, credentialBackedUp, credentialDeviceType } = registrationInfo;
  if (credential.id !== id) throw new PasskeyFault('The answer names another credential than it bears.');
  return {
    credentialId: bytesOf(credential.id),
    publicKey: Uint8Array.from(credential.publicKey),
    counter: credential.counter,
    transports: transports.filter((each) => TRANSPORTS.includes(each)),
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
    discoverable: clientExtensionResults?.credProps?.rk ?? null,
    aaguid,
    attested: models !== null,
  };
}

/**
 * Verifies an answer of `passkey` to `requestOptions` (WebAuthn Level 3, section 7.2). Whether the counter went back is
 * for the caller to judge, who knows what was answered meanwhile.
 *
 * @param alone whether the answer is all there is: then the authenticator has to have verified its user, and names whose
 *   it is
 * @throws PasskeyFault
 */
export async function verifyAnswer(
  { id: expectedRPID, origins: expectedOrigin }: RelyingParty,
  challenge: Bytes,
  passkey: Pick<StoredPasskey, 'userId' | 'publicKey' | 'backupEligible'>,
  { id, rawId, type, response }: PasskeyAnswer,
  { alone }: { alone: boolean },
): Promise<VerifiedAnswer> {
  const { authenticatorData, clientDataJSON, signature } = response;
  const { verified, authenticationInfo } = await judging(clientDataJSON, () =>
    verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type, clientExtensionResults: {} },
        response: { authenticatorData, clientDataJSON, signature },
      },
      expectedChallenge: base64url(challenge),
      expectedOrigin,
      expectedRPID,
      requireUserVerification: alone,
      credential: { id, publicKey: passkey.publicKey, counter: 0 },
    }),
  );
  if (!verified) throw new PasskeyFault('The signature is wrong.');
  if (alone && !response.userHandle) throw new PasskeyFault('The answer does not say whose the passkey is.');
  if (response.userHandle && response.userHandle !== base64url(userHandle(passkey.userId)))
    throw new PasskeyFault('The passkey is of another user.');
  const { credentialBackedUp, credentialDeviceType, newCounter } = authenticationInfo;
  if ((credentialDeviceType === 'multiDevice') !== passkey.backupEligible)
    throw new PasskeyFault('What may be backed up never changes.');
  return { counter: newCounter, backedUp: credentialBackedUp };
}

/** The public key of a passkey that there is not: a COSE_Key of ES256 (RFC 9053, sections 2.1 and 7.1.1). */
export function nobodysKey(): { publicKey: Bytes } {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const key = new Map<number, number | Bytes>([
    [1, 2],
    [3, COSEALG.ES256],
    [-1, 1],
    [-2, bytesOf(x)],
    [-3, bytesOf(y)],
  ]);
  return { publicKey: Uint8Array.from(isoCBOR.encode(key)) };
}

/** The library says what does not fit by throwing, and takes the answers of frames in foreign pages. */
async function judging<T>(clientDataJSON: string, verify: () => Promise<T>): Promise<T> {
  try {
    if (decodeClientDataJSON(clientDataJSON).crossOrigin) throw new Error('The answer comes from a frame.');
    return await verify();
  } catch (error) {
    if (error instanceof ModelFault) throw error;
    throw new PasskeyFault(error instanceof Error ? error.message : 'The answer cannot be read.', error);
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export const bytesOf = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'base64url'));

/** The id of the user, which authenticators keep; it tells nobody who that is. */
const userHandle = (userId: string): Bytes => Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));

const descriptor = ({ credentialId, transports }: Known) => ({
  id: base64url(credentialId),
  type: 'public-key',
  transports,
});
