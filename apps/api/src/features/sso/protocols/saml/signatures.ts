import type { Element } from '@xmldom/xmldom';
import { quoted, SamlFault } from './fault.ts';
import { children, descendants, elementsOf, isNamed, onlyChild } from './xml.ts';

const signatureMethods = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
]);

const digestMethods = new Set(['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512']);

const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** SAML Core 5.4.4: nothing else may be done to what is signed. */
const transforms = new Set([
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  exclusiveCanonicalization,
  `${exclusiveCanonicalization}WithComments`,
]);

/**
 * Refuses, before anything is verified, what signature wrapping and weak signatures are made of: SHA-1, ids that occur
 * twice, signatures anywhere else than right inside of what they sign, references to anything but that, and more than
 * one of anything.
 *
 * @param root   the document
 * @param signed the elements that may be signed
 * @returns those that have a signature; whether it is right is for the verification to say
 * @throws SamlFault `weak_algorithm` or `unexpected_structure`
 * @see SAML Core 5.4
 */
export function checkSignatures(root: Element, signed: readonly Element[]): Element[] {
  const all = descendants(root);
  checkAlgorithms(all);
  checkIds(all);
  const withSignature: Element[] = [];
  for (const signature of all.filter(({ localName }) => localName === 'Signature')) {
    const owner = signed.find((element) => element === signature.parentNode);
    if (owner === undefined || withSignature.includes(owner) || !isNamed(signature, 'signature', 'Signature')) {
      throw new SamlFault('unexpected_structure', 'A signature stands where none may be.');
    }
    checkReference(signature, owner);
    withSignature.push(owner);
  }
  return withSignature;
}

/** A digest inside of EncryptionMethod is the mask of RSA-OAEP and signs nothing. */
const isMask = (digestMethod: Element): boolean =>
  digestMethod.parentNode?.localName === 'EncryptionMethod' &&
  digestMethod.parentNode.parentNode?.localName === 'EncryptedKey';

function checkAlgorithms(all: readonly Element[]): void {
  for (const element of all) {
    const algorithm = element.getAttribute('Algorithm') ?? '';
    const strong =
      element.localName === 'SignatureMethod'
        ? signatureMethods.has(algorithm)
        : element.localName !== 'DigestMethod' || isMask(element) || digestMethods.has(algorithm);
    if (!strong) {
      const words = `${element.localName} ${quoted(algorithm)} is not accepted: the provider has to sign with RSA and SHA-256 or SHA-512.`;
      throw new SamlFault('weak_algorithm', words);
    }
  }
}

function checkIds(all: readonly Element[]): void {
  const seen = new Set<string>();
  for (const element of all) {
    for (const { localName, value } of element.attributes) {
      if (localName?.toLowerCase() !== 'id') continue;
      if (seen.has(value)) throw new SamlFault('unexpected_structure', `The ID ${quoted(value)} occurs twice.`);
      seen.add(value);
    }
  }
}

function checkReference(signature: Element, owner: Element): void {
  const signedInfo = onlyChild(signature, 'signature', 'SignedInfo');
  const reference = onlyChild(signedInfo, 'signature', 'Reference');
  const names = ['SignedInfo', 'SignatureValue', 'KeyInfo'];
  const others = elementsOf(signature).filter(({ localName }) => !names.includes(localName ?? ''));
  const counted = descendants(signature).filter(({ localName }) =>
    ['Signature', 'SignedInfo', 'SignatureValue', 'Reference'].includes(localName ?? ''),
  );
  if (others.length > 0 || counted.length !== 4) {
    throw new SamlFault('unexpected_structure', 'A signature holds more than SignedInfo, SignatureValue and KeyInfo.');
  }
  const id = owner.getAttribute('ID') ?? '';
  if (id === '' || reference.getAttribute('URI') !== `#${id}`) {
    throw new SamlFault('unexpected_structure', 'A signature refers to something else than the element it stands in.');
  }
  const steps = children(reference, 'signature', 'Transforms').flatMap((list) => elementsOf(list));
  const foreign = steps.find((step) => !transforms.has(step.getAttribute('Algorithm') ?? ''));
  if (foreign !== undefined) {
    const words = `A signature uses the transform ${quoted(foreign.getAttribute('Algorithm'))}, which SAML forbids.`;
    throw new SamlFault('unexpected_structure', words);
  }
}
