import {
  type Access,
  type Fault,
  isEmailAddress,
  normalizeDomain,
  normalizeEmail,
  type OrganizationKind,
  passwordLengthFault,
  type Role,
} from '@sallyport/core';
import { compileForJson, faultsOf } from '../../platform/validation.ts';
import { readPasskeyModels } from '../organizations/index.ts';
import { SeedFile, type SeedOrganization, type SeedSettings } from './schemas.ts';

/** Everything of a seed file in its one spelling, each thing with the JSON pointer (RFC 6901) to where it stands. */
export interface SeedDocument {
  /** A partner comes before its customers. */
  organizations: OrganizationEntry[];
}

export interface OrganizationEntry {
  pointer: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  /** Null for a partner. */
  partnerSlug: string | null;
  settings: SeedSettings;
  domains: { pointer: string; name: string }[];
  users: UserEntry[];
}

export interface UserEntry {
  pointer: string;
  /** Normalised. */
  email: string;
  name: string;
  role: Role;
  access: Access;
  /** Null for a user who signs in through SSO only. */
  password: string | null;
}

/** A seed file that does not fit; nothing of it was written. No message quotes the file, which holds passwords. */
export class SeedRefused extends Error {
  /** At least one. */
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'));
    this.name = 'SeedRefused';
    this.faults = faults;
  }
}

/**
 * Reads the text of a seed file.
 *
 * Of the rules for passwords only the bounds of SEC-1 are applied: an operator seeds test users with whatever
 * passwords the tests use.
 *
 * @throws SeedRefused with every fault at once
 */
export function readSeedDocument(text: string): SeedDocument {
  const input = parse(text);
  const validate = compileForJson(SeedFile);
  if (!validate(input)) throw new SeedRefused(faultsOf(validate.errors ?? []));
  const file = input as SeedFile;
  const organizations = file.partners.flatMap((partner, index) => {
    const pointer = `/partners/${index}`;
    return [
      organizationEntry(partner, pointer, null),
      ...(partner.customers ?? []).map((customer, customerIndex) =>
        organizationEntry(customer, `${pointer}/customers/${customerIndex}`, partner.slug),
      ),
    ];
  });
  const document = { organizations };
  const faults = [...values(document), ...duplicates(document)];
  if (faults.length > 0) throw new SeedRefused(faults);
  return document;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser's message may quote the file.
    const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = at === undefined ? null : text.slice(0, Number(at)).split('\n').length;
    throw new SeedRefused([
      { pointer: '', message: line === null ? 'is not well-formed JSON' : `is not well-formed JSON in line ${line}` },
    ]);
  }
}

function organizationEntry(input: SeedOrganization, pointer: string, partnerSlug: string | null): OrganizationEntry {
  return {
    pointer,
    slug: input.slug,
    name: input.name.trim(),
    kind: partnerSlug === null ? 'partner' : 'customer',
    partnerSlug,
    settings: settingsOf(input.settings ?? {}),
    domains: (input.domains ?? []).map((domain, index) => ({
      pointer: `${pointer}/domains/${index}`,
      name: normalizeDomain(domain),
    })),
    users: (input.users ?? []).map(({ email, name, role, access, password }, index) => ({
      pointer: `${pointer}/users/${index}`,
      email: normalizeEmail(email),
      name: name.trim(),
      role,
      access,
      password: password ?? null,
    })),
  };
}

const settingsOf = (input: SeedSettings): SeedSettings =>
  input.passkeyModels ? { ...input, passkeyModels: readPasskeyModels(input.passkeyModels, '', null).read } : input;

/** What no schema says. */
function values({ organizations }: SeedDocument): Fault[] {
  const faults: Fault[] = [];
  for (const { pointer: organization, settings, domains, users } of organizations) {
    if (settings.passkeyModels)
      faults.push(...readPasskeyModels(settings.passkeyModels, `${organization}/settings/passkeyModels`, null).faults);
    for (const { pointer, name } of domains) {
      // A domain is what can stand behind the @.
      if (!isEmailAddress(`a@${name}`)) faults.push({ pointer, message: 'must be a domain name' });
    }
    for (const { pointer, email, password } of users) {
      if (!isEmailAddress(email)) faults.push({ pointer: `${pointer}/email`, message: 'must be an email address' });
      const fault = password === null ? null : passwordLengthFault(password);
      if (fault) faults.push({ pointer: `${pointer}/password`, message: `does not fit: ${fault.message}` });
    }
  }
  return faults;
}

function duplicates({ organizations }: SeedDocument): Fault[] {
  const all = (pick: (organization: OrganizationEntry) => [key: string, pointer: string][]) =>
    repeated(organizations.flatMap(pick));
  return [
    ...all(({ slug, pointer }) => [[slug, `${pointer}/slug`]]),
    ...all(({ domains }) => domains.map(({ name, pointer }) => [name, pointer])),
    ...all(({ users }) => users.map(({ email, pointer }) => [email, `${pointer}/email`])),
  ];
}

function repeated(keys: readonly [key: string, pointer: string][]): Fault[] {
  const first = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [key, pointer] of keys) {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, pointer);
    else faults.push({ pointer, message: `is the same as ${earlier}` });
  }
  return faults;
}
