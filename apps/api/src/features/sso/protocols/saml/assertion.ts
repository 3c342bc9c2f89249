import type { Element } from '@xmldom/xmldom';
import type { SamlConfig } from '../schemas.ts';
import { checkInResponseTo, checkIssuer } from './envelope.ts';
import { quoted, SamlFault } from './fault.ts';
import { nameIdFormats, type SamlConnection } from './service-provider.ts';
import {
  attributeOf,
  checkBegun,
  checkNotOver,
  children,
  clockSkewMs,
  descendants,
  elementsOf,
  instantOf,
  isNamed,
  maxAssertionAgeMs,
  namespaces,
  onlyChild,
  requiredInstantOf,
  textOf,
} from './xml.ts';

/** What the provider said of one attribute. */
interface SamlAttribute {
  readonly name: string;
  readonly friendlyName?: string;
  readonly values: readonly string[];
}

/** What was signed, and nothing else. */
export interface VerifiedSamlAssertion {
  /** For the replay table, with the connection: the caller refuses an assertion it has seen before. */
  readonly assertionId: string;
  /** Until when the assertion could be accepted again: so long the replay table keeps it. */
  readonly expiresAt: Date;
  /** Entity id of the provider. */
  readonly issuer: string;
  /** NameID or the named attribute, exactly as it came (compared byte for byte), 1 to 256 characters. */
  readonly subject: string;
  /** As the provider says it: proves no ownership. Not normalised. */
  readonly email?: string;
  readonly name?: string;
  readonly authnContextClassRef?: string;
  readonly authnInstant: Date;
  readonly sessionIndex?: string;
  /** Our session ends then at the latest (SAML Core 2.7.2). */
  readonly sessionNotOnOrAfter?: Date;
  /** Everything that was said, for the page of a test; values of other kinds than text are left out. */
  readonly attributes: readonly SamlAttribute[];
}

/** How long ago a sign-in that was asked for anew may be: as long as an attempt lives. */
const freshSignInMs = 10 * 60_000;

/**
 * Reads the assertion that was signed and checks everything it says.
 *
 * @param assertion root of the verified XML, never of what came by the wire
 * @throws SamlFault with what is wrong
 * @see SAML Core 2.3 to 2.7, SAML Profiles 4.1.4
 */
export function readAssertion(
  assertion: Element,
  connection: SamlConnection,
  expectedRequestId: string | null,
  now: Date,
): VerifiedSamlAssertion {
  const { config, serviceProvider } = connection;
  if (!isNamed(assertion, 'assertion', 'Assertion') || assertion.getAttribute('Version') !== '2.0') {
    throw new SamlFault('unexpected_structure', 'What is signed is no SAML 2.0 assertion.');
  }
  const assertionId = assertion.getAttribute('ID') ?? '';
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(assertionId)) {
    throw new SamlFault('unexpected_structure', `The assertion has no usable ID but ${quoted(assertionId)}.`);
  }
  checkIssuer('assertion', onlyChild(assertion, 'assertion', 'Issuer'), config.idpEntityId);

  const issueInstant = requiredInstantOf(assertion, 'IssueInstant');
  const tooOldFrom = new Date(issueInstant.getTime() + maxAssertionAgeMs);
  checkBegun('IssueInstant of the assertion', issueInstant, now);
  checkNotOver('The end of the five minutes after IssueInstant', tooOldFrom, now);
  const conditionsEnd = checkConditions(onlyChild(assertion, 'assertion', 'Conditions'), serviceProvider.entityId, now);
  const confirmationEnd = checkConfirmation(assertion, connection, expectedRequestId, now);
  const end = Math.min(...[tooOldFrom, conditionsEnd ?? tooOldFrom, confirmationEnd].map((date) => date.getTime()));

  const attributes = attributesOf(assertion);
  const firstValue = (name: string | undefined) => attributes.find((each) => each.name === name)?.values[0];
  const subject = subjectOf(assertion, attributes, connection);
  const isAddress = config.subject.source === 'name_id' && config.subject.format === 'email_address';
  return {
    assertionId,
    // Twice the skew: the clocks of our own instances differ too.
    expiresAt: new Date(end + 2 * clockSkewMs),
    issuer: config.idpEntityId,
    subject,
    ...optional('email', firstValue(config.attributes?.email) ?? (isAddress ? subject : undefined)),
    ...optional('name', firstValue(config.attributes?.name)),
    ...readAuthnStatement(assertion, config, now),
    attributes,
  };
}

/** @returns NotOnOrAfter, null where there is none */
function checkConditions(conditions: Element, entityId: string, now: Date): Date | null {
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'];
  for (const condition of elementsOf(conditions)) {
    // A condition that is not understood makes the assertion one that is not valid (SAML Core 2.5.1.1).
    if (known.includes(condition.localName ?? '') && condition.namespaceURI === namespaces.assertion) continue;
    throw new SamlFault('unexpected_structure', `The condition ${quoted(condition.localName)} is not understood.`);
  }
  const restrictions = children(conditions, 'assertion', 'AudienceRestriction');
  const audiences = restrictions.map((each) => children(each, 'assertion', 'Audience').map(textOf));
  if (audiences.length === 0 || audiences.some((each) => !each.includes(entityId))) {
    const words = `The assertion is for the audience ${quoted(audiences.flat().join(', '))}; it has to be for ${entityId}.`;
    throw new SamlFault('wrong_audience', words);
  }
  const notOnOrAfter = instantOf(conditions, 'NotOnOrAfter');
  checkBegun('NotBefore of the conditions', instantOf(conditions, 'NotBefore'), now);
  checkNotOver('NotOnOrAfter of the conditions', notOnOrAfter, now);
  return notOnOrAfter;
}

function readAuthnStatement(assertion: Element, config: SamlConfig, now: Date) {
  const [statement, ...more] = children(assertion, 'assertion', 'AuthnStatement');
  if (statement === undefined || more.length > 0) {
    const words = `The assertion has ${more.length === 0 ? 'no' : 'more than one'} AuthnStatement: it does not say how the user signed in.`;
    throw new SamlFault('no_authn_statement', words);
  }
  const authnInstant = requiredInstantOf(statement, 'AuthnInstant');
  const sessionNotOnOrAfter = instantOf(statement, 'SessionNotOnOrAfter');
  checkBegun('AuthnInstant', authnInstant, now);
  checkNotOver('SessionNotOnOrAfter', sessionNotOnOrAfter, now);
  const context = onlyChild(statement, 'assertion', 'AuthnContext');
  const [classRef] = children(context, 'assertion', 'AuthnContextClassRef').map(textOf);
  checkAskedFor(config, classRef, authnInstant, now);
  return {
    authnInstant,
    ...optional('authnContextClassRef', classRef),
    ...optional('sessionIndex', attributeOf(statement, 'SessionIndex')),
    ...optional('sessionNotOnOrAfter', sessionNotOnOrAfter),
  };
}

/** Not every provider that cannot give what was asked for says so; some answer as if nothing had been asked. */
function checkAskedFor(config: SamlConfig, classRef: string | undefined, authnInstant: Date, now: Date): void {
  const asked = config.requestedAuthnContext;
  if (asked !== undefined && (classRef === undefined || !asked.includes(classRef))) {
    const words = `The user signed in by ${quoted(classRef)}; the connection asks for ${asked.join(' or ')}.`;
    throw new SamlFault('wrong_authn_context', words);
  }
  if (config.forceAuthn === true) {
    checkNotOver('The end of ten minutes after AuthnInstant', new Date(authnInstant.getTime() + freshSignInMs), now);
  }
}

/** Values that hold elements are left out: nobody asks for them, and they have no one text. */
function attributesOf(assertion: Element): SamlAttribute[] {
  return children(assertion, 'assertion', 'AttributeStatement')
    .flatMap((statement) => children(statement, 'assertion', 'Attribute'))
    .map((attribute) => {
      const values = children(attribute, 'assertion', 'AttributeValue').filter((value) => !elementsOf(value).length);
      const friendlyName = attributeOf(attribute, 'FriendlyName');
      return {
        name: attribute.getAttribute('Name') ?? '',
        ...(friendlyName === null ? {} : { friendlyName }),
        values: values.map(textOf),
      };
    });
}

/** The property, or none where there is no value. */
const optional = <K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } =>
  (value === undefined || value === null ? {} : { [key]: value }) as { [P in K]?: V };

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * What identifies the user, as the connection says: the one NameID in the one format, or the one value of an attribute.
 *
 * @throws SamlFault `invalid_subject`
 */
function subjectOf(
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
function checkConfirmation(
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
