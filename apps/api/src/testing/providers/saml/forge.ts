import { createPublicKey } from 'node:crypto';
import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { encrypt } from 'xml-encryption';
import type { SpKeyPair } from '../../../features/sso/protocols/saml/service-provider.ts';
import { descendants } from '../../../features/sso/protocols/saml/xml.ts';

/** Makes other answers of a genuine one, as an attacker or a careless provider would. */

export const decoded = (samlResponse: string): string => Buffer.from(samlResponse, 'base64').toString('utf8');
export const encoded = (xml: string): string => Buffer.from(xml, 'utf8').toString('base64');

/** The elements of a response that changes are made to. */
export class Draft {
  readonly response: Element;

  constructor(xml: string) {
    const root = new DOMParser({ locator: false }).parseFromString(xml, 'text/xml').documentElement;
    if (root === null) throw new Error('no XML');
    this.response = root;
  }

  all(localName: string): Element[] {
    return descendants(this.response).filter((element) => element.localName === localName);
  }

  /** The first of this name. */
  the(localName: string): Element {
    const [element] = this.all(localName);
    if (element === undefined) throw new Error(`The response has no ${localName}.`);
    return element;
  }

  get assertion(): Element {
    return this.the('Assertion');
  }

  remove(...localNames: string[]): void {
    for (const element of localNames.flatMap((name) => this.all(name))) element.parentNode?.removeChild(element);
  }

  /** A new element as a child of `parent`; attributes without namespace. */
  add(parent: Element, name: string, attributes: Readonly<Record<string, string>> = {}, text = ''): Element {
    const prefix = name.split(':')[0] ?? null;
    const namespace = parent.lookupNamespaceURI(prefix) ?? this.response.lookupNamespaceURI(prefix);
    const document = this.response.ownerDocument;
    if (document === null) throw new Error('no document');
    const element = document.createElementNS(namespace, name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  toString(): string {
    return new XMLSerializer().serializeToString(this.response);
  }
}

export interface SigningOptions {
  keyPair: SpKeyPair;
  signatureAlgorithm?: string;
  digestAlgorithm?: string;
}

/** Signs the response or its assertion, which have no signature yet, as SimpleSAMLphp does. */
export function signed(xml: string, what: 'Response' | 'Assertion', options: SigningOptions): string {
  const { keyPair, signatureAlgorithm, digestAlgorithm } = options;
  const signature = new SignedXml({
    privateKey: keyPair.privateKey,
    publicCert: keyPair.certificate,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    signatureAlgorithm: signatureAlgorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  });
  const element = `//*[local-name(.)='${what}']`;
  signature.addReference({
    xpath: element,
    digestAlgorithm: digestAlgorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
  });
  const issuer = `${element}/*[local-name(.)='Issuer']`;
  signature.computeSignature(xml, { prefix: 'ds', location: { reference: issuer, action: 'after' } });
  return signature.getSignedXml();
}

/** The `EncryptedData` of some XML, for the owner of the certificate. */
export function encryptedFor({ certificate }: SpKeyPair, xml: string): Promise<string> {
  const options = {
    rsa_pub: createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString(),
    pem: certificate,
    encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  } as const;
  return new Promise((resolve, reject) => {
    encrypt(xml, options, (cause, data) => (cause === null ? resolve(data) : reject(cause)));
  });
}
