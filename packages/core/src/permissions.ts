import type { Access, OrganizationKind, Role } from './types.ts';

/** What a user may do, as far as it is known from the user itself. */
export interface Rights {
  role: Role;
  access: Access;
  organization: { kind: OrganizationKind };
}

/** Who asks. */
export interface Actor extends Rights {
  organization: { id: string; kind: OrganizationKind };
}

/** Whether the actor may look at users, organisations, settings and the audit log of its scope. */
export function mayReadAdministration(actor: Pick<Rights, 'role'>): boolean {
  return actor.role === 'admin';
}

/** Whether the actor may change anything in its scope. */
export function mayChangeAdministration(actor: Pick<Rights, 'role' | 'access'>): boolean {
  return actor.role === 'admin' && actor.access === 'read_write';
}

/** Whether the actor may create customers: under its own partner. */
export function mayCreateCustomer(actor: Rights): boolean {
  return mayChangeAdministration(actor) && actor.organization.kind === 'partner';
}

/**
 * Whether an organisation lies within the actor's: its own, or a customer of its own. What lies outside does not
 * exist for the actor (404), whatever its rights are; the store applies the same rule to every query (SEC-40).
 *
 * @param organization.partnerId null for a partner
 */
export function isInScope(actor: Actor, organization: { id: string; partnerId: string | null }): boolean {
  return organization.id === actor.organization.id || organization.partnerId === actor.organization.id;
}

/**
 * Where a user stands, from 0: any user of a partner above every user of a customer, then an admin above a member,
 * then read/write above read-only. Only the order means something.
 */
export function rankOf({ role, access, organization }: Rights): number {
  return (organization.kind === 'partner' ? 4 : 0) + (role === 'admin' ? 2 : 0) + (access === 'read_write' ? 1 : 0);
}

/**
 * Whether the actor may give these rights to a user within its scope: a read/write admin, nothing above its own
 * (SEC-40). A change of rights takes `mayEdit` for what the user has and `mayGrant` for what it gets.
 */
export function mayGrant(actor: Rights, granted: Rights): boolean {
  return mayChangeAdministration(actor) && rankOf(granted) <= rankOf(actor);
}

/**
 * Whether nothing of the granted rights goes beyond those that cover them, in kind, role and access each: what a service
 * account may do once its maker was demoted.
 */
export function covers(rights: Rights, granted: Rights): boolean {
  if (granted.role === 'admin' && rights.role !== 'admin') return false;
  if (granted.access === 'read_write' && rights.access !== 'read_write') return false;
  return granted.organization.kind === 'customer' || rights.organization.kind === 'partner';
}

/** Whether the actor may edit, disable or reset this user within its scope: nobody who stands above it (SEC-40). */
export function mayEdit(actor: Rights, target: Rights): boolean {
  return mayChangeAdministration(actor) && rankOf(target) <= rankOf(actor);
}
