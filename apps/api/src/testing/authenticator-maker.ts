// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { createPublicKey, KeyObject, sign, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  Extension,
  type Extension as ExtensionType,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { DAY_MS } from '@sallyport/core';
import type { Statement } from './software-authenticator.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** `id-fido-gen-ce-aaguid` (WebAuthn Level 3, section 8.2.1). */
const AAGUID_EXTENSION = '1.3.6.1.4.1.45724.1.1.4';

/** Of a certificate of attestation. */
export interface BatchOptions {
  /** That the certificate names; null: it names none. */
  aaguid?: string | null;
  /** How the chain goes on: with the root as issuer, or with an authority between. */
  through?: 'root' | 'intermediate' | 'over' | 'leaf' | 'two authorities' | 'too many authorities';
  /** When the certificate begins; ten years ago unless told. */
  notBefore?: Date;
  /** When it ends; in ten years unless told. */
  notAfter?: Date;
}

type Validity = Pick<BatchOptions, 'notBefore' | 'notAfter'>;

/** A maker of authenticators, with a root certificate of its own, which is made up for tests. */
export class AuthenticatorMaker {
  private constructor(
    private readonly keys: webcrypto.CryptoKeyPair,
    private readonly certificate: X509Certificate,
  ) {}

  static async start(name = 'Maker', during: Validity = {}): Promise<AuthenticatorMaker> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name} Root`,
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
      ...validity(during),
    });
    return new AuthenticatorMaker(keys, certificate);
  }

  /** PEM. */
  get root(): string {
    return this.certificate.toString('pem');
  }

  /** DER. */
  get rootDer(): Uint8Array {
    return new Uint8Array(this.certificate.rawData);
  }

  /** What makes the statements of authenticators of one batch, which share a key (section 14.4.1). */
  async batch({ aaguid = null, through = 'root', ...during }: BatchOptions = {}) {
    const links = await this.authorities(through);
    const issuer = links[0] ?? this;
    const keys = await newKeys();
    const extensions: ExtensionType[] = [new BasicConstraintsExtension(false)];
    // An OCTET STRING of the 16 bytes in DER.
    if (aaguid !== null)
      extensions.push(new Extension(AAGUID_EXTENSION, false, Buffer.from(`0410${aaguid.replaceAll('-', '')}`, 'hex')));
    const leaf = await X509CertificateGenerator.create({
      subject: 'C=SE, O=Maker, OU=Authenticator Attestation, CN=Batch 1',
      issuer: issuer.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions,
      ...validity(during),
    });
    const x5c = [leaf, ...links.map(({ certificate }) => certificate)].map(({ rawData }) => new Uint8Array(rawData));
    const privateKey = KeyObject.from(keys.privateKey);
    return {
      /** DER, the leaf first. */
      x5c,
      packed: (authData: Uint8Array, clientDataHash: Uint8Array): Statement => ({
        fmt: 'packed',
        attStmt: new Map<string, number | Uint8Array | Uint8Array[]>([
          ['alg', -7],
          ['sig', sign('sha256', Buffer.concat([authData, clientDataHash]), privateKey)],
          ['x5c', x5c],
        ]),
      }),
    };
  }

  /**
   * A statement of an Android device (section 8.4), with all that is looked at before its certificates are; its signature
   * is empty.
   *
   * @param revocations where its certificate says that revocations are listed
   */
  async androidKey(clientDataHash: Uint8Array, credentialKey: KeyObject, revocations: string): Promise<Statement> {
    const spki = createPublicKey(credentialKey).export({ type: 'spki', format: 'der' });
    // KeyDescription, in DER: versions, the challenge, and two empty lists of authorizations.
    const description = Buffer.concat([
      Buffer.from('30340201030a01010201030a01010420', 'hex'),
      clientDataHash,
      Buffer.from('040030003000', 'hex'),
    ]);
    const leaf = await X509CertificateGenerator.create({
      subject: 'CN=Android Keystore Key',
      issuer: this.certificate.subject,
      publicKey: await webcrypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new Extension('1.3.6.1.4.1.11129.2.1.17', false, description),
        new CRLDistributionPointsExtension([revocations]),
      ],
      ...validity(),
    });
    return {
      fmt: 'android-key',
      attStmt: new Map<string, number | Uint8Array | Uint8Array[]>([
        ['alg', -7],
        ['sig', Buffer.alloc(8)],
        ['x5c', [new Uint8Array(leaf.rawData), this.rootDer]],
      ]),
    };
  }

  /** Those between the root and a leaf, the one next to the leaf first. */
  private async authorities(through: NonNullable<BatchOptions['through']>): Promise<AuthenticatorMaker[]> {
    if (through === 'root') return [];
    if (through === 'intermediate') return [await this.under('Intermediate', true)];
    // What is no authority issues nothing.
    if (through === 'leaf') return [await this.under('Leaf', false)];
    if (through === 'over') return [await this.under('Intermediate', true, undefined, { notAfter: new Date(2020, 0) })];
    const upper = await this.under('Upper', true, through === 'two authorities' ? 1 : 0);
    return [await upper.under('Lower', true), upper];
  }

  private async under(
    name: string,
    isAuthority: boolean,
    pathLength?: number,
    during: Validity = {},
  ): Promise<AuthenticatorMaker> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: this.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(isAuthority, pathLength, true)],
      ...validity(during),
    });
    return new AuthenticatorMaker(keys, certificate);
  }
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const validity = ({
  notBefore = new Date(Date.now() - 3650 * DAY_MS),
  notAfter = new Date(Date.now() + 3650 * DAY_MS),
}: Validity = {}) => ({ notBefore, notAfter });
