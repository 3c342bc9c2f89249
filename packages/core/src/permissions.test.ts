import { describe, expect, test } from 'vitest';
import {
  type Actor,
  covers,
  isInScope,
  mayChangeAdministration,
  mayCreateCustomer,
  mayEdit,
  mayGrant,
  mayReadAdministration,
  type Rights,
  rankOf,
} from './permissions.ts';

/** From the top down, as `<kind> <role> <access>`. */
const order = [
  'partner admin read_write',
  'partner admin read_only',
  'partner member read_write',
  'partner member read_only',
  'customer admin read_write',
  'customer admin read_only',
  'customer member read_write',
  'customer member read_only',
];

const rights = (text: string): Rights => {
  const [kind, role, access] = text.split(' ');
  return { organization: { kind }, role, access } as Rights;
};

const pairs = order.flatMap((actor) => order.map((other) => [actor, other] as const));

/** All that may change anything, and whom they may change: every other pair is refused. */
const allowed = new Set([
  ...order.map((other) => `partner admin read_write > ${other}`),
  ...order.slice(4).map((other) => `customer admin read_write > ${other}`),
]);

test('every kind of user has a place of its own', () => {
  expect([...order].sort((a, b) => rankOf(rights(b)) - rankOf(rights(a)))).toEqual(order);
  expect(new Set(order.map((text) => rankOf(rights(text)))).size).toBe(8);
});

test.each(order)('what a %s may do by itself', (text) => {
  const actor = rights(text);
  expect(mayReadAdministration(actor)).toBe(text.includes('admin'));
  expect(mayChangeAdministration(actor)).toBe(text.includes('admin read_write'));
  expect(mayCreateCustomer(actor)).toBe(text === 'partner admin read_write');
});

test.each(pairs)('SEC-40: a %s and the rights of a %s', (actor, other) => {
  const expected = allowed.has(`${actor} > ${other}`);
  expect(mayGrant(rights(actor), rights(other))).toBe(expected);
  expect(mayEdit(rights(actor), rights(other))).toBe(expected);
});

test.each(pairs)('SEC-40: a %s gains nothing over a %s by what it may grant', (actor, other) => {
  if (!mayGrant(rights(actor), rights(other))) return;
  for (const third of order) {
    if (mayEdit(rights(other), rights(third))) expect(mayEdit(rights(actor), rights(third))).toBe(true);
  }
});

describe('SEC-40: scope', () => {
  const northwind = { id: 'northwind', partnerId: null };
  const acme = { id: 'acme', partnerId: 'northwind' };
  const globex = { id: 'globex', partnerId: 'northwind' };
  const contoso = { id: 'contoso', partnerId: null };
  const fabrikam = { id: 'fabrikam', partnerId: 'contoso' };
  const all = [northwind, acme, globex, contoso, fabrikam];
  const scopeOf = (id: string, kind: 'partner' | 'customer') => {
    const actor: Actor = { role: 'admin', access: 'read_write', organization: { id, kind } };
    return all.filter((organization) => isInScope(actor, organization)).map((organization) => organization.id);
  };

  test('of a partner is itself and its customers', () => {
    expect(scopeOf('northwind', 'partner')).toEqual(['northwind', 'acme', 'globex']);
    expect(scopeOf('contoso', 'partner')).toEqual(['contoso', 'fabrikam']);
  });

  test('of a customer is itself', () => {
    expect(scopeOf('acme', 'customer')).toEqual(['acme']);
    expect(scopeOf('fabrikam', 'customer')).toEqual(['fabrikam']);
  });
});

test('rights cover what goes beyond them in nothing', () => {
  const covered = (of: string) => order.filter((other) => covers(rights(of), rights(other)));
  expect(covered('partner admin read_write')).toEqual(order);
  expect(covered('customer admin read_write')).toEqual(order.slice(4));
  expect(covered('customer admin read_only')).toEqual(['customer admin read_only', 'customer member read_only']);
  expect(covered('customer member read_write')).toEqual(['customer member read_write', 'customer member read_only']);
  // Though it stands above every user of a customer.
  expect(covered('partner member read_only')).toEqual(['partner member read_only', 'customer member read_only']);
});
