import type { Element } from '@xmldom/xmldom';
import type { NameIdFormat } from '../schemas.ts';
import { checkInResponseTo } from './envelope.ts';
import { quoted, SamlFault } from './fault.ts';
import { checkBegun, checkNotOver, instantOf, requiredInstantOf } from './times.ts';
import type { SamlAttribute, SamlConnection } from './types.ts';
import { attributeOf, children, descendants, onlyChild, textOf } from './xml.ts';

export const nameIdFormats: Readonly<Record<NameIdFormat, string>> = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  email_address: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * What identifies the user, as the connection says: the one NameID in the one format, or the one value of an attribute.
 *
 * @throws SamlFault `invalid_subject`
 */
export function subjectOf(
  assertion: Element,
  attributes: readonly SamlAttribute[],
  { config, serviceProvider }: SamlConnection,
): string {
  const subject = onlyChild(assertion, 'assertion', 'Subject');
  const ids = descendants(subject).filter(({ localName }) => /^(NameID|BaseID|EncryptedID)$/.test(localName ?? ''));
  const nameIds = children(subject, 'assertion', 'NameID');
  if (ids.length !== nameIds.length || nameIds.length > 1) {
    throw new SamlFault('invalid_subject', 'The subject has to be one NameID that is not encrypted.');
  }
  const expected = config.subject;
  if (expected.source === 'attribute') return attributeSubject(attributes, expected.name);

  const [nameId] = nameIds;
  if (nameId === undefined) throw new SamlFault('invalid_subject', 'The subject has no NameID.');
  const format = attributeOf(nameId, 'Format');
  if (format !== nameIdFormats[expected.format]) {
    const words = `The NameID has the format ${quoted(format)}; this connection takes ${nameIdFormats[expected.format]}.`;
    throw new SamlFault('invalid_subject', words);
  }
  // A persistent NameID means something only between the two that its qualifiers name (SAML Core 8.3.7).
  if (expected.format === 'persistent') {
    checkQualifier(nameId, 'NameQualifier', config.idpEntityId);
    checkQualifier(nameId, 'SPNameQualifier', serviceProvider.entityId);
  }
  return checkedSubject('The NameID', textOf(nameId));
}

function checkQualifier(nameId: Element, name: string, expected: string): void {
  const qualifier = attributeOf(nameId, name);
  if (qualifier === null || qualifier === expected) return;
  throw new SamlFault('invalid_subject', `The NameID is for others: its ${name} is ${quoted(qualifier)}.`);
}

function attributeSubject(attributes: readonly SamlAttribute[], name: string): string {
  const [value, ...more] = attributes.filter((attribute) => attribute.name === name).flatMap(({ values }) => values);
  if (value === undefined || more.length > 0) {
    throw new SamlFault('invalid_subject', `The attribute ${quoted(name)} has to come with exactly one value.`);
  }
  return checkedSubject(`The attribute ${quoted(name)}`, value);
}

/** Two people must not look like one, nor one like two. */
function checkedSubject(what: string, text: string): string {
  const clean = text !== '' && text.length <= 256 && text.trim() === text && !/[\p{Cc}\p{Cf}]/u.test(text);
  if (clean) return text;
  const words = `${what} is ${quoted(text)}; 1 to 256 characters are expected, without control characters and without space around them.`;
  throw new SamlFault('invalid_subject', words);
}

/**
 * Checks that whoever brings the assertion may use it here, now, for this request. One confirmation that says so is
 * enough, as SAML has it.
 *
 * @returns until when it says so
 * @throws SamlFault with what is wrong with the first bearer confirmation
 * @see SAML Profiles 4.1.4.2 and 4.1.4.3
 */
export function checkConfirmation(
  assertion: Element,
  connection: SamlConnection,
  expectedRequestId: string | null,
  now: Date,
): Date {
  const subject = onlyChild(assertion, 'assertion', 'Subject');
  const confirmations = children(subject, 'assertion', 'SubjectConfirmation');
  const ofBearer = confirmations.filter((confirmation) => confirmation.getAttribute('Method') === bearer);
  if (ofBearer.length === 0) {
    const methods = confirmations.map((confirmation) => confirmation.getAttribute('Method')).join(', ');
    throw new SamlFault('no_bearer_confirmation', `The subject is not confirmed as bearer but by ${quoted(methods)}.`);
  }
  let firstFault: unknown;
  for (const confirmation of ofBearer) {
    try {
      const data = onlyChild(confirmation, 'assertion', 'SubjectConfirmationData');
      return checkConfirmationData(data, connection, expectedRequestId, now);
    } catch (fault) {
      firstFault ??= fault;
    }
  }
  throw firstFault;
}

function checkConfirmationData(
  data: Element,
  { serviceProvider }: SamlConnection,
  expectedRequestId: string | null,
  now: Date,
): Date {
  const recipient = attributeOf(data, 'Recipient');
  if (recipient !== serviceProvider.acsUrl) {
    const words = `The assertion is meant for ${quoted(recipient)}; the Recipient has to be ${serviceProvider.acsUrl}.`;
    throw new SamlFault('wrong_recipient', words);
  }
  checkInResponseTo('assertion', attributeOf(data, 'InResponseTo'), expectedRequestId);
  const notOnOrAfter = requiredInstantOf(data, 'NotOnOrAfter');
  checkBegun('NotBefore of the confirmation', instantOf(data, 'NotBefore'), now);
  checkNotOver('NotOnOrAfter of the confirmation', notOnOrAfter, now);
  return notOnOrAfter;
}
