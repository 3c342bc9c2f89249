import type { Element } from '@xmldom/xmldom';
import type { SamlConfig } from '../schemas.ts';
import { checkIssuer } from './envelope.ts';
import { quoted, SamlFault } from './fault.ts';
import { checkConfirmation, subjectOf } from './subject.ts';
import { checkBegun, checkNotOver, clockSkewMs, instantOf, maxAssertionAgeMs, requiredInstantOf } from './times.ts';
import type { SamlAttribute, SamlConnection, VerifiedSamlAssertion } from './types.ts';
import { attributeOf, children, elementsOf, isNamed, namespaces, onlyChild, textOf } from './xml.ts';

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
