import { type Fault, isEmailAddress, normalizeDomain, Problem, type SsoKind } from '@sallyport/core';
import { readerOf } from '../../../platform/validation.ts';
import { kindOfIssuer } from '../protocols/oidc/claims.ts';
import { configFaults } from '../protocols/saml/identity-provider.ts';
import { type Provider, SentProvider } from '../protocols/schemas.ts';

const read = readerOf(SentProvider);

/**
 * A configuration that came without its kind.
 *
 * @throws Problem `invalid_request` with every fault
 */
export const readConfig = (kind: SsoKind, config: unknown): SentProvider => read({ kind, config });

interface SettledProvider {
  provider: Provider;
  /** Undefined: not mentioned. Null: taken away. */
  clientSecret: string | null | undefined;
}

/**
 * What an admin sent, as it is stored: names in their one spelling, the secret set apart, and judged by what no schema
 * says.
 *
 * @param options.allowLoopback for tests only: providers on loopback addresses
 * @throws Problem `invalid_request` with every fault
 */
export function settle({ kind, config: sent }: SentProvider, options: { allowLoopback: boolean }): SettledProvider {
  const { clientSecret, ...config } = { clientSecret: undefined, ...sent };
  // The schema filled in what was left out.
  const provider = inOneSpelling({ kind, config } as Provider);
  refuse(faultsIn(provider, options).map(({ pointer, message }) => ({ pointer: `/config${pointer}`, message })));
  return { provider, clientSecret };
}

function inOneSpelling(provider: Provider): Provider {
  const { kind, config } = provider;
  if (kind === 'entra')
    return { kind, config: { ...config, tenantIds: config.tenantIds.map((id) => id.toLowerCase()) } };
  if (kind === 'google')
    return { kind, config: { ...config, hostedDomains: config.hostedDomains.map(normalizeDomain) } };
  return provider;
}

function faultsIn({ kind, config }: Provider, options: { allowLoopback: boolean }): Fault[] {
  switch (kind) {
    case 'entra':
      return [];
    case 'google':
      return domainFaults(config.hostedDomains, '/hostedDomains');
    case 'oidc':
      return issuerFaults(config.issuer);
    case 'saml':
      return configFaults(config, options);
  }
}

function issuerFaults(issuer: string): Fault[] {
  const pointer = '/issuer';
  if (!URL.canParse(issuer) || new URL(issuer).username !== '') return [{ pointer, message: 'must be an https URL' }];
  const kind = kindOfIssuer(issuer);
  return kind ? [{ pointer, message: `has a kind of its own: add a connection of kind ${kind}` }] : [];
}

/**
 * The domains in their one spelling, each once.
 *
 * @throws Problem `invalid_request`
 */
export function parseDomains(names: readonly string[]): string[] {
  const domains = names.map(normalizeDomain);
  refuse(domainFaults(domains, '/domains'));
  return [...new Set(domains)];
}

/** A domain is what can stand behind the @ of an address, with a dot in it. */
export const isDomain = (name: string): boolean => name.includes('.') && isEmailAddress(`a@${name}`);

const domainFaults = (domains: readonly string[], pointer: string): Fault[] =>
  domains.flatMap((name, index) =>
    isDomain(name) ? [] : [{ pointer: `${pointer}/${index}`, message: 'must be a domain name' }],
  );

function refuse(errors: readonly Fault[]): void {
  if (errors.length > 0) throw new Problem('invalid_request', { errors });
}
