import type { Fault } from '@sallyport/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSeedDocument, SeedRefused } from './document.ts';

const read = (file: unknown) => readSeedDocument(JSON.stringify(file));

function faultsIn(text: string): readonly Fault[] {
  try {
    readSeedDocument(text);
  } catch (error) {
    if (error instanceof SeedRefused) return error.faults;
    throw error;
  }
  return [];
}

const faultsOf = (file: unknown) => faultsIn(JSON.stringify(file));

const pat = { email: 'pat@a.example', name: 'Pat', role: 'admin', access: 'read_write', password: 'Passw0rd!' };

const partnerWith = (more: object) => ({ partners: [{ slug: 'a', name: 'A', ...more }] });

describe('a seed file', () => {
  test('is read in one spelling, with a pointer to each thing', () => {
    const { organizations } = read({
      partners: [
        {
          slug: 'northwind',
          name: ' Northwind ',
          domains: ['Northwind.Example'],
          settings: { localSignInEnabled: false },
          users: [{ ...pat, email: ' PAT@Northwind.example ' }],
          customers: [{ slug: 'acme', name: 'Acme', users: [{ ...pat, password: undefined }] }],
        },
      ],
    });
    expect(organizations).toMatchObject([
      {
        pointer: '/partners/0',
        name: 'Northwind',
        kind: 'partner',
        partnerSlug: null,
        settings: { localSignInEnabled: false },
        domains: [{ pointer: '/partners/0/domains/0', name: 'northwind.example' }],
        users: [{ pointer: '/partners/0/users/0', email: 'pat@northwind.example', password: 'Passw0rd!' }],
      },
      {
        pointer: '/partners/0/customers/0',
        kind: 'customer',
        partnerSlug: 'northwind',
        settings: {},
        users: [{ email: 'pat@a.example', password: null }],
      },
    ]);
  });

  test('takes any password within the bounds, also a common one', () => {
    for (const password of ['password', 'Passw0rd!', 'correct horse battery staple', 'é'.repeat(128)]) {
      expect(faultsOf(partnerWith({ users: [{ ...pat, password }] }))).toEqual([]);
    }
    for (const password of ['seven77', 'x'.repeat(129), '']) {
      expect(faultsOf(partnerWith({ users: [{ ...pat, password }] }))).toMatchObject([
        { pointer: '/partners/0/users/0/password' },
      ]);
    }
  });

  test('is refused with the pointer of every fault', () => {
    const faults = faultsOf({
      extra: 1,
      partners: [
        {
          slug: 'Not A Slug',
          name: ' ',
          settings: { localSignInEnabled: 'no', sessionIdleMinutes: 9, theme: 'dark' },
          users: [{ email: 'x', role: 'king', access: 'read_write', password: 7, 'a/b~c': 1 }],
          customers: [{ slug: 'acme' }],
        },
      ],
    });
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      '/extra',
      '/partners/0/customers/0/name',
      '/partners/0/name',
      '/partners/0/settings/localSignInEnabled',
      '/partners/0/settings/sessionIdleMinutes',
      '/partners/0/settings/theme',
      '/partners/0/slug',
      '/partners/0/users/0/a~1b~0c',
      '/partners/0/users/0/name',
      '/partners/0/users/0/password',
      '/partners/0/users/0/role',
    ]);
    expect(faults).toContainEqual({ pointer: '/partners/0/users/0/role', message: 'must be one of admin, member' });
  });

  test('names what comes twice, in any spelling', () => {
    const faults = faultsOf({
      partners: [
        { slug: 'a', name: 'A', domains: ['a.example', 'A.example'], users: [pat] },
        { slug: 'b', name: 'B', users: [{ ...pat, email: 'PAT@a.example' }], customers: [{ slug: 'a', name: 'A' }] },
      ],
    });
    expect(faults).toEqual([
      { pointer: '/partners/1/customers/0/slug', message: 'is the same as /partners/0/slug' },
      { pointer: '/partners/0/domains/1', message: 'is the same as /partners/0/domains/0' },
      { pointer: '/partners/1/users/0/email', message: 'is the same as /partners/0/users/0/email' },
    ]);
  });

  test.each([['not an address'], ['@a.example'], ['a@'], ['a@b@c']])('refuses the address %j', (email) => {
    expect(faultsOf(partnerWith({ users: [{ ...pat, email }] }))).toEqual([
      { pointer: '/partners/0/users/0/email', message: 'must be an email address' },
    ]);
  });

  test.each([['no domain'], [''], ['-a.example'], ['a@b.example']])('refuses the domain %j', (domain) => {
    expect(faultsOf(partnerWith({ domains: [domain] }))).toEqual([
      { pointer: '/partners/0/domains/0', message: 'must be a domain name' },
    ]);
  });

  test('SEC-42: a fault never quotes the file', () => {
    for (const text of ['{"password": "hunter2hunter2"', '{"password": hunter2hunter2}', '"hunter2hunter2']) {
      const faults = faultsIn(text);
      expect(faults).toHaveLength(1);
      expect(JSON.stringify(faults)).not.toContain('hunter2');
    }
    const faults = faultsOf(
      partnerWith({
        users: [
          { ...pat, password: 'hunter2' },
          { ...pat, password: ['hunter2'] },
        ],
      }),
    );
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  test('SEC-50: any JSON is read or refused, and nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(faultsIn(text).length).toBeGreaterThan(0);
      }),
    );
    for (const name of ['nul \0', 'lone \ud800', '']) expect(faultsOf(partnerWith({ name }))).toHaveLength(1);
    expect(faultsIn('{"partners": [], "__proto__": {}}')).toMatchObject([{ pointer: '/__proto__' }]);
  });
});
