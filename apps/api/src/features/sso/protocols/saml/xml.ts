import { DOMParser, type Element, onWarningStopParsing } from '@xmldom/xmldom';
import { quoted, SamlFault } from './fault.ts';

export const namespaces = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
} as const;

type Namespace = keyof typeof namespaces;

const maxDepth = 64;
/** Far beyond any message, a thousand groups included. The time that verifying takes grows with the square. */
const maxTags = 2_500;
const maxQuotes = 8_000;
const maxAttributes = 40;
const declaration = /^\s*<\?xml\s[^<>]*\?>/;

/**
 * The root of a document in the plain part of XML that SAML needs: nothing that begins with `<!` (DOCTYPE, ENTITY,
 * comments, CDATA) and no processing instruction. A `<` cannot stand for itself in XML, so a search finds them all.
 * Metadata may hold comments, which are no part of any value that is read there.
 *
 * A second parser on purpose, newer and stricter than the one that verifies: what only one of them would accept, or
 * what they would read differently, does not come through both.
 *
 * @throws SamlFault `forbidden_xml` or `malformed_response`
 */
export function parseXml(text: string, { comments = false } = {}): Element {
  const plain = text.replace(declaration, '').trim();
  const body = comments ? withoutComments(plain) : plain;
  const forbidden = /<[!?][^\s>]{0,20}/.exec(body)?.[0];
  if (forbidden !== undefined) {
    throw new SamlFault('forbidden_xml', `The XML holds "${forbidden}": no DTD, comment, CDATA or instruction may be.`);
  }
  if (countOf(body, /</g) > maxTags || countOf(body, /["']/g) > maxQuotes) {
    throw new SamlFault('malformed_response', 'The XML has more elements or attributes than any message needs.');
  }
  let root: Element | null;
  try {
    // Whatever it warns of is an error to others, and XML has no half-right documents.
    const parser = new DOMParser({ locator: false, onError: onWarningStopParsing });
    root = parser.parseFromString(body, 'text/xml').documentElement;
  } catch (cause) {
    throw new SamlFault('malformed_response', 'This is not well-formed XML.', { cause });
  }
  if (root === null) throw new SamlFault('malformed_response', 'This is not well-formed XML.');
  if (descendants(root).some(({ attributes }) => attributes.length > maxAttributes)) {
    throw new SamlFault('malformed_response', 'An element has more attributes than any message needs.');
  }
  return root;
}

function countOf(text: string, sign: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(sign)) count += 1;
  return count;
}

/** @throws SamlFault `malformed_response` for one that does not end */
function withoutComments(text: string): string {
  const [before = '', ...rest] = text.split('<!--');
  const parts = rest.map((part) => {
    const end = part.indexOf('-->');
    if (end === -1) throw new SamlFault('malformed_response', 'A comment does not end.');
    return part.slice(end + 3);
  });
  return [before, ...parts].join('');
}

/**
 * The element and all below it, in the order of the document.
 *
 * @throws SamlFault `malformed_response` when it nests deeper than any message does
 */
export function descendants(root: Element): Element[] {
  const found: Element[] = [];
  const stack: { element: Element; depth: number }[] = [{ element: root, depth: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.depth > maxDepth) throw new SamlFault('malformed_response', 'The XML nests too deep.');
    found.push(next.element);
    const { depth } = next;
    for (const element of elementsOf(next.element).reverse()) stack.push({ element, depth: depth + 1 });
  }
  return found;
}

const isElement = (node: { nodeType: number }): node is Element => node.nodeType === 1;

export function elementsOf(parent: Element): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) if (isElement(node)) found.push(node);
  return found;
}

export const isNamed = (element: Element, namespace: Namespace, name: string): boolean =>
  element.localName === name && element.namespaceURI === namespaces[namespace];

/** Children with this name; a child of this name in another namespace is no match. */
export const children = (parent: Element, namespace: Namespace, name: string): Element[] =>
  elementsOf(parent).filter((child) => isNamed(child, namespace, name));

/**
 * The one child of this name.
 *
 * @throws SamlFault `unexpected_structure` where there is none or more than one
 */
export function onlyChild(parent: Element, namespace: Namespace, name: string): Element {
  const found = children(parent, namespace, name);
  const [child] = found;
  if (child === undefined || found.length > 1) {
    const words = `${parent.localName} has ${found.length} elements ${name}, where exactly one is expected.`;
    throw new SamlFault('unexpected_structure', words);
  }
  return child;
}

/** The text of an element that holds nothing else, exactly as it is. */
export function textOf(element: Element): string {
  if (elementsOf(element).length > 0) {
    throw new SamlFault('unexpected_structure', `${element.localName} holds elements, where a text is expected.`);
  }
  return element.textContent ?? '';
}

/** Null where the element has no such attribute; an empty one is a value. */
export const attributeOf = (element: Element, name: string): string | null =>
  element.hasAttribute(name) ? element.getAttribute(name) : null;

/** By how much the clock of the provider may differ from ours, milliseconds. */
export const clockSkewMs = 60_000;

/** How long after IssueInstant an assertion is taken, whatever it says itself, milliseconds. */
export const maxAssertionAgeMs = 5 * 60_000;

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/**
 * An attribute of type xs:dateTime (SAML Core 1.3.3), null where there is none.
 *
 * @throws SamlFault `unexpected_structure` for anything else, a time without zone included
 */
export function instantOf(element: Element, name: string): Date | null {
  const text = attributeOf(element, name);
  if (text === null) return null;
  const date = new Date(dateTime.test(text) ? text : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new SamlFault('unexpected_structure', `${name} of ${element.localName} is no UTC time: ${quoted(text)}.`);
}

/** As {@link instantOf}, for one that has to be there. */
export function requiredInstantOf(element: Element, name: string): Date {
  const instant = instantOf(element, name);
  if (instant === null) throw new SamlFault('unexpected_structure', `${element.localName} has no ${name}.`);
  return instant;
}

/** @throws SamlFault `not_yet_valid` when the instant is to come, by more than the skew */
export function checkBegun(what: string, instant: Date | null, now: Date): void {
  if (instant === null || instant.getTime() - clockSkewMs <= now.getTime()) return;
  const words = `${what} is ${instant.toISOString()}, here it is ${now.toISOString()}: is the provider's clock right?`;
  throw new SamlFault('not_yet_valid', words);
}

/** @throws SamlFault `expired` when the instant has passed, by the skew or more */
export function checkNotOver(what: string, instant: Date | null, now: Date): void {
  if (instant === null || now.getTime() < instant.getTime() + clockSkewMs) return;
  const words = `${what} was ${instant.toISOString()}, here it is ${now.toISOString()}: the sign-in took too long, or a clock is wrong.`;
  throw new SamlFault('expired', words);
}
