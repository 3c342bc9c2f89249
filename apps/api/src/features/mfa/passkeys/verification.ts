import { generateKeyPairSync } from 'node:crypto';
import type { PasskeyModels } from '@sallyport/core';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { COSEALG, decodeClientDataJSON, isoCBOR } from '@simplewebauthn/server/helpers';
import { assertTaken, withoutStatement } from './attestation.ts';
import { ModelFault, PasskeyFault } from './faults.ts';
import {
  ALGORITHMS,
  base64url,
  bytesOf,
  type CreationAnswer,
  type PasskeyAnswer,
  type RelyingParty,
  userHandle,
} from './relying-party.ts';
import type { NewPasskey, StoredPasskey } from './store.ts';

// Loaded when the first passkey answers: with what reads certificates and CBOR.

type Bytes = Uint8Array<ArrayBuffer>;

/** What an answer to a challenge of ours proved. */
export interface VerifiedAnswer {
  counter: number;
  backedUp: boolean;
}

/** Where an authenticator may be looked for (section 5.8.4); what a browser says besides is not kept. */
const TRANSPORTS: readonly string[] = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

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
function nobodysKey(): Bytes {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const key = new Map<number, number | Bytes>([
    [1, 2],
    [3, COSEALG.ES256],
    [-1, 1],
    [-2, bytesOf(x)],
    [-3, bytesOf(y)],
  ]);
  return Uint8Array.from(isoCBOR.encode(key));
}

/** What an answer is verified against where nobody has the credential: a key that nobody has. */
export const NOBODYS = {
  userId: '00000000-0000-0000-0000-000000000000',
  publicKey: nobodysKey(),
  backupEligible: false,
};

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
