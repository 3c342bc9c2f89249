import { isDeepStrictEqual } from 'node:util';
import type { Access, Fault, OrganizationKind, OwnSettings, Role, UserStatus } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import type { NewUser, UserChange } from '../users/index.ts';
import type { OrganizationEntry, SeedDocument, UserEntry } from './document.ts';

/** What the database holds of all that a document names. */
export interface SeedState {
  /** By slug. */
  organizations: ReadonlyMap<string, OrganizationState>;
  /** The verified ones, by name; each has one owner. */
  domains: ReadonlyMap<string, { organizationId: string }>;
  /** By normalised address. */
  users: ReadonlyMap<string, UserState>;
}

export interface OrganizationState extends OwnSettings {
  id: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  partnerId: string | null;
}

export interface UserState {
  id: string;
  organizationId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  hasPassword: boolean;
  /** Null for a user without a local password. */
  passwordHash: string | null;
}

/** What becomes of a user's password; decided before the transaction, since hashing is slow. */
export interface PasswordDecision {
  /** The stored hash that the decision rests on; null where there was none. */
  seen: string | null;
  /** The hash to store; null where the stored one verifies already. */
  hash: string | null;
}

/** The database changed since the passwords were looked at: look again. */
export class StateChanged extends Error {}

export interface NewOrganization {
  id: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  partnerId: string | null;
  settings: Partial<OwnSettings>;
}

export interface OrganizationChange {
  id: string;
  /** Null where it stays. */
  name: string | null;
  /** Those that change. */
  settings: Partial<OwnSettings>;
}

type Field = 'name' | 'role' | 'access' | 'status' | 'hasPassword';

export interface PlannedChange extends UserChange {
  before: UserState;
  /** Before and after of what changes, for the audit log. */
  changed: Partial<Record<Field, [string, string]>>;
}

export interface SeedPlan {
  newOrganizations: NewOrganization[];
  organizationChanges: OrganizationChange[];
  /** New, or not verified yet. */
  domains: { name: string; organizationId: string }[];
  newUsers: NewUser[];
  userChanges: PlannedChange[];
}

/** Where the document contradicts what belongs to others: a seed never moves anything between organisations. */
export function conflicts({ organizations }: SeedDocument, state: SeedState): Fault[] {
  return organizations.flatMap((entry) => {
    const known = state.organizations.get(entry.slug);
    const faults: Fault[] = [];
    const pointer = `${entry.pointer}/slug`;
    if (known && known.kind !== entry.kind) faults.push({ pointer, message: `is the slug of a ${known.kind}` });
    else if (known && known.partnerId !== idOf(entry.partnerSlug, state)) {
      faults.push({ pointer, message: 'is a customer of another partner' });
    }
    for (const domain of entry.domains) {
      const owner = state.domains.get(domain.name)?.organizationId;
      if (owner !== undefined && owner !== known?.id) {
        faults.push({ pointer: domain.pointer, message: 'belongs to another organization' });
      }
    }
    for (const user of entry.users) {
      const owner = state.users.get(user.email)?.organizationId;
      if (owner !== undefined && owner !== known?.id) {
        faults.push({ pointer: `${user.pointer}/email`, message: 'is a user of another organization' });
      }
    }
    return faults;
  });
}

const idOf = (slug: string | null, state: SeedState): string | null =>
  slug === null ? null : (state.organizations.get(slug)?.id ?? null);

/**
 * The least that makes the database as the document says. What the document does not name stays.
 *
 * @param passwords the decision for each address with a password
 * @throws StateChanged when a decision rests on a hash that is no longer there
 */
export function planSeed(
  { organizations }: SeedDocument,
  state: SeedState,
  passwords: ReadonlyMap<string, PasswordDecision>,
): SeedPlan {
  const plan: SeedPlan = { newOrganizations: [], organizationChanges: [], domains: [], newUsers: [], userChanges: [] };
  const ids = new Map<string, string>();
  for (const entry of organizations) {
    const known = state.organizations.get(entry.slug);
    const id = known?.id ?? newId();
    ids.set(entry.slug, id);
    if (known) planOrganizationChange(plan, entry, known);
    else {
      const { slug, name, kind, settings, partnerSlug } = entry;
      const partnerId = partnerSlug === null ? null : (ids.get(partnerSlug) ?? null);
      plan.newOrganizations.push({ id, slug, name, kind, partnerId, settings });
    }
    for (const { name } of entry.domains) {
      if (!state.domains.has(name)) plan.domains.push({ name, organizationId: id });
    }
    for (const user of entry.users) planUser(plan, user, id, state.users.get(user.email), passwords);
  }
  return plan;
}

export const isEmptyPlan = (plan: SeedPlan): boolean => Object.values(plan).every((changes) => changes.length === 0);

function planOrganizationChange(plan: SeedPlan, entry: OrganizationEntry, known: OrganizationState): void {
  const settings = Object.fromEntries(
    Object.entries(entry.settings).filter(
      ([setting, value]) => !isDeepStrictEqual(known[setting as keyof OwnSettings], value),
    ),
  );
  const name = entry.name === known.name ? null : entry.name;
  if (name !== null || Object.keys(settings).length > 0)
    plan.organizationChanges.push({ id: known.id, name, settings });
}

function planUser(
  plan: SeedPlan,
  entry: UserEntry,
  organizationId: string,
  known: UserState | undefined,
  passwords: ReadonlyMap<string, PasswordDecision>,
): void {
  const decision = entry.password === null ? null : passwords.get(entry.email);
  if (decision !== null && decision?.seen !== (known?.passwordHash ?? null)) throw new StateChanged();
  const { email, name, role, access } = entry;
  const hash = decision?.hash ?? null;
  if (!known) {
    const user = { id: newId(), organizationId, email, name, role, access, passwordHash: hash };
    plan.newUsers.push({ ...user, status: 'active' });
    return;
  }
  const after = { name, role, access, status: 'active' as const };
  const changed: PlannedChange['changed'] = {};
  for (const [field, value] of Object.entries({ ...after, hasPassword: entry.password !== null })) {
    const key = field as Field;
    if (known[key] !== value) changed[key] = [String(known[key]), String(value)];
  }
  const password = passwordChange(entry, known, hash);
  if (Object.keys(changed).length > 0 || password.action !== 'keep') {
    plan.userChanges.push({ before: known, after, changed, password });
  }
}

function passwordChange(entry: UserEntry, known: UserState, hash: string | null): UserChange['password'] {
  if (hash !== null) return { action: 'set', hash };
  const isTooMuch = entry.password === null && known.passwordHash !== null;
  return { action: isTooMuch ? 'remove' : 'keep' };
}
