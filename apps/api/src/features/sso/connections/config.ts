import { type Fault, isEmailAddress, normalizeDomain, Problem, type SsoKind } from '@sallyport/core';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { samlAdapter } from '../protocols/saml/adapter.ts';
import { SamlConfig } from '../protocols/saml/schemas.ts';
import type { ProviderConfig } from '../protocols/types.ts';
import { EntraConfig, GoogleConfig, OidcConfig } from './schemas.ts';

const ajv = addFormats.default(new Ajv({ allErrors: true, strict: false }));

const validators: Record<SsoKind, ValidateFunction> = {
  entra: ajv.compile(EntraConfig),
  google: ajv.compile(GoogleConfig),
  oidc: ajv.compile(OidcConfig),
  saml: ajv.compile(SamlConfig),
};

export interface ParsedConfig {
  provider: ProviderConfig;
  /** Undefined: not mentioned. Null: taken away. */
  clientSecret: string | null | undefined;
}

/**
 * Reads the configuration of a connection as an admin sends it: checked by kind, defaults filled in, names in their one
 * spelling, the secret set apart.
 *
 * @param options.allowLoopback for tests only: providers on loopback addresses
 * @throws Problem `invalid_request` with every fault
 */
export function parseConfig(kind: SsoKind, input: unknown, options: { allowLoopback: boolean }): ParsedConfig {
  const validate = validators[kind];
  if (!validate(input)) refuse((validate.errors ?? []).map(faultOf));
  switch (kind) {
    case 'entra': {
      const { clientSecret, ...config } = input as EntraConfig;
      const provider = {
        kind,
        config: {
          clientId: config.clientId,
          tenantIds: config.tenantIds.map((id) => id.toLowerCase()),
          allowGuests: config.allowGuests ?? false,
          allowPersonalAccounts: config.allowPersonalAccounts ?? false,
        },
      };
      return { provider, clientSecret };
    }
    case 'google': {
      const { clientSecret, ...config } = input as GoogleConfig;
      const hostedDomains = config.hostedDomains.map(normalizeDomain);
      refuse(domainFaults(hostedDomains, '/config/hostedDomains'));
      return { provider: { kind, config: { clientId: config.clientId, hostedDomains } }, clientSecret };
    }
    case 'oidc': {
      const { clientSecret, ...config } = input as OidcConfig;
      if (!URL.canParse(config.issuer) || new URL(config.issuer).username !== '')
        refuse([{ pointer: '/config/issuer', message: 'must be an https URL' }]);
      const provider = {
        kind,
        config: {
          issuer: config.issuer,
          clientId: config.clientId,
          clientAuthentication: config.clientAuthentication ?? 'client_secret_basic',
          signingAlgorithm: config.signingAlgorithm ?? 'RS256',
          scopes: config.scopes ?? ['profile', 'email'],
          nameClaim: config.nameClaim ?? null,
        },
      };
      return { provider, clientSecret };
    }
    case 'saml': {
      const config = input as SamlConfig;
      const faults = samlAdapter.configFaults(config, options);
      refuse(faults.map(({ pointer, message }) => ({ pointer: `/config${pointer}`, message })));
      return { provider: { kind, config }, clientSecret: undefined };
    }
  }
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

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Problem('invalid_request', { errors: faults });
}

function faultOf({ keyword, instancePath, params, message }: ErrorObject): Fault {
  const at = `/config${instancePath}`;
  if (keyword === 'required') return { pointer: `${at}/${params.missingProperty}`, message: 'is missing' };
  if (keyword === 'additionalProperties')
    return { pointer: `${at}/${params.additionalProperty}`, message: 'is not known for this kind of connection' };
  if (keyword === 'enum') return { pointer: at, message: `must be one of ${params.allowedValues.join(', ')}` };
  return { pointer: at, message: message ?? 'is not valid' };
}
