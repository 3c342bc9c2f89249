import { randomInt } from 'node:crypto';
import type { Access, Role } from '@sallyport/core';
import { readSeedDocument, type SeedService } from './service.ts';

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

function demoTenants() {
  const accounts: DemoAccount[] = [];
  const user = (email: string, role: Role, access: Access, note: string, password: string | null = newPassword()) => {
    accounts.push({ email, password, note });
    const name = email.charAt(0).toUpperCase() + email.slice(1, email.indexOf('@'));
    return { email, name, role, access, ...(password === null ? {} : { password }) };
  };
  const file = {
    partners: [
      {
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
              user('sam@acme.example', 'member', 'read_write', 'member of Acme, single sign-on only', null),
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
      },
    ],
  };
  return { accounts, file };
}

/**
 * Writes one partner with two customers into an empty database.
 *
 * @returns the accounts with their new passwords, which are stored nowhere else; null when the database is not empty
 */
export async function seedDemo({ seed }: { seed: SeedService }): Promise<DemoAccount[] | null> {
  if (!(await seed.isEmpty())) return null;
  const { accounts, file } = demoTenants();
  const document = readSeedDocument(JSON.stringify(file));
  const outcome = await seed.applyToEmpty(document, { actorName: 'demo tenants' });
  return outcome === null ? null : accounts;
}
