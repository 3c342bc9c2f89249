import type { Directory, Organization, Person } from './directory.ts';

/** A customer of a managed service provider, and the people around it. */
export interface Tenant {
  partner: Organization;
  customer: Organization;
  /** Read/write admin of the partner: manages every customer under it. */
  partnerAdmin: Person;
  /** Read/write admin of the customer. */
  customerAdmin: Person;
  /** Admin of the customer who sees and cannot change. */
  readOnlyAdmin: Person;
  member: Person;
}

/** Makes a customer with its people that nobody else uses. */
export async function createTenant(directory: Directory): Promise<Tenant> {
  const partner = await directory.partner();
  const customer = await directory.createCustomer('Acme Rockets');
  const [partnerAdmin, customerAdmin, readOnlyAdmin, member] = await Promise.all([
    directory.createPerson({ organizationId: partner.id, name: 'Petra', role: 'admin', access: 'read_write' }),
    directory.createPerson({ organizationId: customer.id, name: 'Carlos', role: 'admin', access: 'read_write' }),
    directory.createPerson({ organizationId: customer.id, name: 'Rita', role: 'admin', access: 'read_only' }),
    directory.createPerson({ organizationId: customer.id, name: 'Mia', role: 'member', access: 'read_write' }),
  ]);
  return { partner, customer, partnerAdmin, customerAdmin, readOnlyAdmin, member };
}

/**
 * Erases the people of a tenant, and whom tests added to the customer. The service deletes no organization and no last
 * admin: the customer and one admin of it stay, and what the audit log says, without the names of who is erased.
 */
export async function eraseTenant(directory: Directory, { customer, partnerAdmin }: Tenant): Promise<void> {
  await directory.eraseUsersOf(customer.id);
  await directory.erase(partnerAdmin);
}
