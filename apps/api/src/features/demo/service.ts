import { randomInt } from 'node:crypto';
import { type Access, Problem, type Role } from '@sallyport/core';
import { readSeedDocument, SeedRefused, type SeedService } from '../seed/index.ts';
import type { ReplacedTenants, Tenants } from '../tenants/index.ts';

/** An account of the demo tenants, to be shown once. */
export interface DemoAccount {
  email: string;
  /** Null for a user who signs in through SSO only. */
  password: string | null;
  /** What the account is there for. */
  note: string;
}

/** Without letters and digits that look alike. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 16 random characters (79 bits) in groups of four. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

interface DemoUser {
  email: string;
  role: Role;
  access: Access;
  note: string;
  /** Signs in through SSO only. */
  withoutPassword?: true;
}

const user = (email: string, role: Role, access: Access, note: string): DemoUser => ({ email, role, access, note });

const demoPartner = {
  slug: 'northwind',
  name: 'Northwind MSP',
  domains: ['northwind.example'],
  users: [
    user('pat@northwind.example', 'admin', 'read_write', 'admin of the partner Northwind MSP'),
    user('rory@northwind.example', 'admin', 'read_only', 'the same, read-only'),
  ],
  customers: [
    {
      slug: 'acme',
      name: 'Acme',
      domains: ['acme.example'],
      users: [
        user('alex@acme.example', 'admin', 'read_write', 'admin of the customer Acme'),
        user('robin@acme.example', 'admin', 'read_only', 'the same, read-only'),
        user('max@acme.example', 'member', 'read_write', 'member of Acme'),
        {
          ...user('sam@acme.example', 'member', 'read_write', 'member of Acme, single sign-on only'),
          withoutPassword: true as const,
        },
      ],
    },
    {
      slug: 'globex',
      name: 'Globex',
      domains: ['globex.example'],
      users: [
        user('gale@globex.example', 'admin', 'read_write', 'admin of the customer Globex'),
        user('kim@globex.example', 'member', 'read_only', 'member of Globex'),
      ],
    },
  ],
};

/** @param first the accounts of an earlier time, which keep their first passwords */
function demoTenants(first: readonly DemoAccount[] = []) {
  const passwords = new Map(first.map(({ email, password }) => [email, password]));
  const accounts: DemoAccount[] = [];
  const withPassword = ({ note, withoutPassword, ...person }: DemoUser) => {
    const { email } = person;
    const password = withoutPassword ? null : (passwords.get(email) ?? newPassword());
    accounts.push({ email, password, note });
    const name = email.charAt(0).toUpperCase() + email.slice(1, email.indexOf('@'));
    return { ...person, name, ...(password === null ? {} : { password }) };
  };
  const withPasswords = <T extends { users: DemoUser[] }>(of: T) => ({ ...of, users: of.users.map(withPassword) });
  const partner = { ...withPasswords(demoPartner), customers: demoPartner.customers.map(withPasswords) };
  return { accounts, file: { partners: [partner] } };
}

/** What stands where a pointer (RFC 6901) leads. */
function valueAt(file: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], file);
}

/** The demo tenants: one partner with two customers. */
export class DemoService {
  constructor(private readonly deps: { seed: SeedService; tenants: Tenants }) {}

  /**
   * Writes them into an empty database.
   *
   * @returns the accounts with their new passwords, which are stored nowhere else; null when the database is not empty
   */
  async begin(): Promise<DemoAccount[] | null> {
    if (!(await this.deps.seed.isEmpty())) return null;
    const { accounts, file } = demoTenants();
    const document = readSeedDocument(JSON.stringify(file));
    const outcome = await this.deps.seed.applyToEmpty(document, { actorName: 'demo tenants' });
    return outcome === null ? null : accounts;
  }

  /**
   * Puts them back to how they were written at first, in one transaction: what bears their names is removed, with all
   * that people made of it, and written anew.
   *
   * @param first the accounts as {@link begin} gave them: their passwords are those again
   * @throws Problem `invalid_request` where others have taken what they need, `unavailable`; then nothing has changed
   */
  async reset(first: readonly DemoAccount[]): Promise<{ accounts: DemoAccount[]; outcome: ReplacedTenants }> {
    const { accounts, file } = demoTenants(first);
    const document = readSeedDocument(JSON.stringify(file));
    try {
      return { accounts, outcome: await this.deps.tenants.replace(document, 'operator: demo reset') };
    } catch (error) {
      if (!(error instanceof SeedRefused)) throw error;
      const faults = error.faults.map(({ pointer, message }) => `${valueAt(file, pointer)} ${message}`);
      throw new Problem('invalid_request', {
        detail: `Something else has what the demo tenants need, so nothing was changed: ${faults.join('; ')}.`,
        cause: error,
      });
    }
  }
}
