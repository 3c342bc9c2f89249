import { type Directory, type NewPerson, newPassword, type Organization, type Person, unique } from './directory.ts';
import type { TestMode } from './test-mode.ts';

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

/** A partner that nobody else uses, on a server in test mode, and its admin. It goes by `testMode.removeTenant`. */
export async function seedPartner(testMode: TestMode): Promise<{ partner: Organization; admin: Person }> {
  const slug = `partner-${unique()}`;
  const name = 'Northwind MSP';
  const pat = { email: `pat@${slug}.example`, name: 'Pat', password: newPassword() };
  const users = [{ ...pat, role: 'admin', access: 'read_write' }];
  const made = await testMode.seed({ partners: [{ slug, name, users }] });
  return {
    partner: { ...idOf(made.organizations[0]), slug, name },
    admin: { ...idOf(made.users[0]), ...pat },
  };
}

const idOf = (found: { id: string } | undefined): { id: string } => {
  if (!found) throw new Error('The service did not say who came to be.');
  return { id: found.id };
};

/**
 * The same as {@link createTenant} on a server in test mode, by one seed file.
 *
 * @param partner that is there, so that whoever manages it makes more in the customer; one of its own unless told
 * @throws Error when the file is refused
 */
export async function seedTenant(testMode: TestMode, partner?: Organization): Promise<Tenant> {
  return seedUnder(testMode, partner ?? (await seedPartner(testMode)).partner);
}

async function seedUnder(testMode: TestMode, partner: Organization): Promise<Tenant> {
  const slug = `customer-${unique()}`;
  const person = (name: string, role: NewPerson['role'], access: NewPerson['access']) => {
    const email = `${name.toLowerCase()}-${unique()}@people.example`;
    return { email, name, role, access, password: newPassword() };
  };
  const petra = person('Petra', 'admin', 'read_write');
  const carlos = person('Carlos', 'admin', 'read_write');
  const rita = person('Rita', 'admin', 'read_only');
  const mia = person('Mia', 'member', 'read_write');
  const customer = { slug, name: 'Acme Rockets' };
  const { organizations, users } = await testMode.seed({
    partners: [
      {
        ...{ slug: partner.slug, name: partner.name, users: [petra] },
        customers: [{ ...customer, users: [carlos, rita, mia] }],
      },
    ],
  });
  const made = ({ email, name, password }: typeof mia): Person => ({
    ...idOf(users.find((user) => user.email === email)),
    ...{ email, name, password },
  });
  return {
    partner,
    customer: { ...idOf(organizations.find((each) => each.slug === slug)), ...customer },
    partnerAdmin: made(petra),
    customerAdmin: made(carlos),
    readOnlyAdmin: made(rita),
    member: made(mia),
  };
}

/**
 * Erases the people of a tenant, and whom tests added to the customer. The service deletes no organization and no last
 * admin: the customer and one admin of it stay, and what the audit log says, without the names of who is erased.
 */
export async function eraseTenant(directory: Directory, { customer, partnerAdmin }: Tenant): Promise<void> {
  await directory.eraseUsersOf(customer.id);
  await directory.erase(partnerAdmin);
}
