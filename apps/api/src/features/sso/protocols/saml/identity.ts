import { emailDomain, isEmailAddress, normalizeEmail } from '@sallyport/core';
import { SsoFault, saysMultiFactor, type VerifiedIdentity } from '../identity.ts';
import type { SamlConfig } from '../schemas.ts';
import { SamlFault, type VerifiedSamlAssertion } from './types.ts';

/** Where Entra says in SAML what `amr` says in OIDC. */
const METHODS_ATTRIBUTE = 'http://schemas.microsoft.com/claims/authnmethodsreferences';

/**
 * What a signed assertion says, in the words that every protocol shares.
 *
 * @throws SsoFault for an e-mail NameID outside of the verified domains, and for a session that is over
 */
export function samlIdentity(
  config: SamlConfig,
  assertion: VerifiedSamlAssertion,
  verifiedDomains: readonly string[],
  now: Date,
): VerifiedIdentity {
  const { issuer, sessionNotOnOrAfter, authnContextClassRef } = assertion;
  const received = [
    { name: 'Issuer', values: [issuer] },
    { name: 'Subject', values: [assertion.subject] },
    ...(authnContextClassRef === undefined ? [] : [{ name: 'AuthnContextClassRef', values: [authnContextClassRef] }]),
    ...assertion.attributes.slice(0, 50).map(({ name, values }) => ({
      name: name.slice(0, 200),
      values: values.slice(0, 20).map((value) => value.slice(0, 500)),
    })),
  ];
  const byAddress = config.subject.source === 'name_id' && config.subject.format === 'email_address';
  if (byAddress) assertVerified(verifiedDomains, assertion.subject, received);
  if (sessionNotOnOrAfter && sessionNotOnOrAfter <= now)
    throw new SsoFault('sso_expired', 'The session at the provider is over (SessionNotOnOrAfter).', { received });

  const methods = assertion.attributes.find(({ name }) => name === METHODS_ATTRIBUTE)?.values;
  const address = assertion.email ?? (byAddress ? assertion.subject : undefined);
  const email = address !== undefined && isEmailAddress(address) ? normalizeEmail(address) : null;
  return {
    issuer,
    subject: byAddress ? normalizeEmail(assertion.subject) : assertion.subject,
    tenantId: null,
    email,
    // The provider that the organisation itself chose signed it; the verified domains bound what it may speak for.
    mayMatchAddress: email !== null,
    name: assertion.name ?? null,
    multiFactor: saysMultiFactor(methods, authnContextClassRef),
    federation: {
      ...(methods ? { amr: [...methods].slice(0, 20) } : {}),
      ...(authnContextClassRef === undefined ? {} : { acr: authnContextClassRef }),
      ...(sessionNotOnOrAfter ? { sessionNotOnOrAfter: sessionNotOnOrAfter.toISOString() } : {}),
    },
    authenticatedAtMs: assertion.authnInstant.getTime(),
    received,
  };
}

/** An address that can be given to somebody else identifies only where the organisation controls who has it. */
function assertVerified(
  verifiedDomains: readonly string[],
  subject: string,
  received: VerifiedIdentity['received'],
): void {
  const domain = emailDomain(subject);
  if (verifiedDomains.includes(domain)) return;
  throw new SsoFault('sso_failed', `The NameID is an address outside of the verified domains (${domain}).`, {
    received,
  });
}

/** Words for what the adapter refuses. */
export function samlFault(error: unknown): unknown {
  if (!(error instanceof SamlFault)) return error;
  const code = error.code === 'expired' ? 'sso_expired' : 'sso_failed';
  return new SsoFault(code, error.message, { cause: error });
}
