import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { CreationAnswer, PasskeyAnswer } from '../features/mfa/passkeys/relying-party.ts';

interface Credential {
  id: string;
  rpId: string;
  userHandle: string;
  privateKey: KeyObject;
  counter: number;
}

type Cbor = string | number | Uint8Array | Uint8Array[];

/** What an authenticator shows of its model (WebAuthn Level 3, section 6.5.4). */
export interface Statement {
  fmt: string;
  attStmt: Map<string, Cbor>;
}

/** What of an answer is not as it should be. */
export interface Twist {
  /** Makes the attestation; none where it is not told. @param credentialKey the new private key */
  attest?: (authData: Uint8Array, clientDataHash: Uint8Array, credentialKey: KeyObject) => Statement;
  /** Of the page. */
  origin?: string;
  rpId?: string;
  /** base64url. */
  challenge?: string;
  counter?: number;
  /** Null: none, as of a security key of old. */
  userHandle?: string | null;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backedUp?: boolean;
  /** What the browser says of whether it is found without being named; null: nothing. */
  discoverable?: boolean | null;
  /** From a frame in a page of another origin. */
  crossOrigin?: boolean;
  /** Of the ceremony. */
  type?: string;
  /** Name of the model. */
  aaguid?: string;
  /** Id of another one, base64url. */
  credential?: string;
}

/** What our routes give to a browser. */
interface CreationOptions {
  rp: { id: string };
  user: { id: string };
  challenge: string;
  excludeCredentials: { id: string }[];
}

interface RequestOptions {
  rpId: string;
  challenge: string;
  allowCredentials: { id: string }[];
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

const base64url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url');

/** base64url. */
export const attestationObject = (
  authData: Uint8Array,
  { fmt, attStmt }: Statement = { fmt: 'none', attStmt: new Map() },
): string =>
  base64url(
    isoCBOR.encode(
      new Map<string, Cbor | Map<string, Cbor>>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    ),
  );

/** As Google's, for a model that says its name. */
const AAGUID = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4';

/**
 * A browser with an authenticator that keeps ES256 keys (WebAuthn Level 3, sections 6.1 and 6.5), which does what it is
 * told, wrong things as well. It knows nothing of the library that verifies it, but for the encoding of CBOR.
 */
export class SoftwareAuthenticator {
  private readonly credentials: Credential[] = [];

  constructor(private readonly origin = 'http://localhost:3000') {}

  /** @throws Error where it has one of those that are to be excluded, as browsers do */
  create(options: CreationOptions, twist: Twist = {}): CreationAnswer {
    if (options.excludeCredentials.some(({ id }) => this.credentials.some((known) => known.id === id)))
      throw new Error('InvalidStateError');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = twist.credential === undefined ? randomBytes(32) : Buffer.from(twist.credential, 'base64url');
    const credential = { id: base64url(id), rpId: options.rp.id, userHandle: options.user.id, privateKey, counter: 0 };
    this.credentials.push(credential);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // COSE_Key of ES256: kty EC2, alg -7, crv P-256, x, y (RFC 9053 sections 2.1 and 7.1.1).
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
      [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
    ]);
    const attested = Buffer.concat([
      Buffer.from((twist.aaguid ?? AAGUID).replaceAll('-', ''), 'hex'),
      Buffer.from([0, id.length]),
      id,
      isoCBOR.encode(cose),
    ]);
    const authData = Uint8Array.from(Buffer.concat([this.authenticatorData(credential, twist, 0x40), attested]));
    const clientDataJSON = this.clientData('webauthn.create', options.challenge, twist);
    const statement = twist.attest?.(authData, sha256(Buffer.from(clientDataJSON, 'base64url')), privateKey);
    return {
      ...this.named(credential),
      response: {
        clientDataJSON,
        attestationObject: attestationObject(authData, statement),
        transports: ['internal', 'hybrid'],
      },
      ...(twist.discoverable === null
        ? {}
        : { clientExtensionResults: { credProps: { rk: twist.discoverable ?? true } } }),
    };
  }

  /** Answers with the first of its credentials that is asked for, or with its newest where none is named. */
  get(options: RequestOptions, twist: Twist = {}): PasskeyAnswer {
    const asked = options.allowCredentials.map(({ id }) => id);
    const credential = this.credentials.findLast(({ id }) => asked.length === 0 || asked.includes(id));
    if (!credential) throw new Error('NotAllowedError');
    credential.counter += 1;
    const authenticatorData = this.authenticatorData(credential, twist, 0);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, twist);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return {
      ...this.named(credential),
      response: {
        clientDataJSON,
        authenticatorData: base64url(authenticatorData),
        signature: base64url(sign('sha256', signed, credential.privateKey)),
        userHandle: twist.userHandle === undefined ? credential.userHandle : twist.userHandle,
      },
    };
  }

  private named({ id }: Credential) {
    return { id, rawId: id, type: 'public-key' as const };
  }

  private authenticatorData(credential: Credential, twist: Twist, more: number): Buffer {
    const { backedUp = false, backupEligible = false, userPresent = true, userVerified = true } = twist;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(twist.counter ?? credential.counter);
    const backup = (backupEligible ? 0x08 : 0) | (backedUp ? 0x10 : 0);
    const flags = more | (userPresent ? 0x01 : 0) | (userVerified ? 0x04 : 0) | backup;
    return Buffer.concat([sha256(twist.rpId ?? credential.rpId), Buffer.from([flags]), counter]);
  }

  private clientData(type: string, challenge: string, twist: Twist): string {
    return base64url(
      JSON.stringify({
        type: twist.type ?? type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? this.origin,
        crossOrigin: twist.crossOrigin ?? false,
      }),
    );
  }
}
