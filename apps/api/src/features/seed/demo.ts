import { randomInt } from 'node:crypto';
import { readSeedDocument, type SeedService } from './service.ts';

/** An account of the demo tenants, to be shown once. */
export interface DemoAccount {
  email: string;
  /** Null for a user who signs in through SSO only. */
  password: string | null;
  /** What the account is there for. */
  note: string;
}

interface DemoUser {
  email: string;
  name: string;
  role: 'admin' | 'member';
  access: 'read_write' | 'read_only';
  password?: string;
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
  const user = (address: string, rights: `${DemoUser['role']} ${DemoUser['access']}`, note: string): DemoUser => {
    const [role, access] = rights.split(' ') as [DemoUser['role'], DemoUser['access']];
    const password = newPassword();
    const name = address.charAt(0).toUpperCase() + address.slice(1, address.indexOf('@'));
    accounts.push({ email: address, password, note });
    return { email: address, name, role, access, password };
  };
  const ssoOnly = (address: string, note: string): DemoUser => {
    const { password: _, ...rest } = user(address, 'member read_write', note);
    const account = accounts.at(-1);
    if (account) account.password = null;
    return rest;
  };
  const file = {
    partners: [
      {
        slug: 'northwind',
        name: 'Northwind MSP',
        domains: ['northwind.example'],
        users: [
          user('pat@northwind.example', 'admin read_write', 'admin of the partner Northwind MSP'),
          user('rory@northwind.example', 'admin read_only', 'the same, read-only'),
        ],
        customers: [
          {
            slug: 'acme',
            name: 'Acme',
            domains: ['acme.example'],
            users: [
              user('alex@acme.example', 'admin read_write', 'admin of the customer Acme'),
              user('robin@acme.example', 'admin read_only', 'the same, read-only'),
              user('max@acme.example', 'member read_write', 'member of Acme'),
              ssoOnly('sam@acme.example', 'member of Acme, single sign-on only'),
            ],
          },
          {
            slug: 'globex',
            name: 'Globex',
            domains: ['globex.example'],
            users: [
              user('gale@globex.example', 'admin read_write', 'admin of the customer Globex'),
              user('kim@globex.example', 'member read_only', 'member of Globex'),
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
  const { accounts, file } = demoTenants();
  const document = readSeedDocument(JSON.stringify(file));
  const outcome = await seed.apply(document, { actorName: 'demo tenants', onlyIfEmpty: true });
  return outcome === null ? null : accounts;
}
