import { describe, expect, test } from 'vitest';
import { assertMayChange, assertMayRead, type Caller, isUser, type ServiceAccount } from './caller.ts';
import { Problem } from './problem.ts';

const admin: Caller = {
  userId: 'admin',
  email: 'admin@acme.example',
  name: 'Admin',
  role: 'admin',
  access: 'read_write',
  organization: { id: 'organization', slug: 'acme', name: 'Acme', kind: 'customer' },
  session: { id: 'session', method: 'password', aal: 1, phishingResistant: false },
  connectionId: null,
  isFresh: true,
  hasPassword: true,
  mfaEnabled: false,
  factors: [],
  mfaPolicy: { required: false, phishingResistant: false },
  mustEnroll: false,
  localSignInEnabled: true,
  minimumPasswordLength: 8,
  origin: { address: '192.0.2.1', userAgent: '', requestId: '' },
};

function refusal(caller: Partial<Caller>) {
  try {
    assertMayChange({ ...admin, ...caller });
    return null;
  } catch (error) {
    return error instanceof Problem ? { code: error.code, next: error.next } : error;
  }
}

test('admins may look, whatever they may change, and members may not', () => {
  expect(() => assertMayRead({ role: 'admin' })).not.toThrow();
  expect(() => assertMayRead({ role: 'member' })).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

describe('SEC-43: whoever changes the access of others', () => {
  test('proved itself not long ago', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ isFresh: false })).toMatchObject({ code: 'reauthentication_required' });
  });

  test('is a program whose key is its proof, within its rights', () => {
    const { role, access, organization, origin, name } = admin;
    const program: ServiceAccount = { serviceAccountId: 'admin', role, access, organization, origin, name };
    expect(() => assertMayChange(program)).not.toThrow();
    expect(() => assertMayChange({ ...program, access: 'read_only' })).toThrow(Problem);
    expect([isUser(admin, 'admin'), isUser(admin, 'other'), isUser(program, 'admin')]).toEqual([true, false, false]);
  });

  test('is asked for no proof where it would not be allowed to', () => {
    expect(refusal({ isFresh: false, role: 'member' })).toMatchObject({ code: 'forbidden' });
    expect(refusal({ isFresh: false, access: 'read_only' })).toMatchObject({ code: 'forbidden' });
  });

  test('is told what proves it', () => {
    const nextOf = (caller: Partial<Caller>) => (refusal({ isFresh: false, ...caller }) as { next: unknown }).next;
    expect(nextOf({})).toEqual({ action: 'reauthenticate', methods: [] });
    const next = (methods: string[]) => ({ action: 'reauthenticate', methods });
    expect(nextOf({ mfaEnabled: true, factors: ['totp'] })).toEqual(next(['totp', 'backup_code']));
    expect(nextOf({ mfaEnabled: true, factors: ['passkey'] })).toEqual(next(['passkey', 'backup_code']));
    const throughProvider = { session: { ...admin.session, method: 'sso' as const }, connectionId: 'connection' };
    expect(nextOf(throughProvider)).toEqual({ action: 'reauthenticate', methods: [], connectionId: 'connection' });
    for (const without of [{ hasPassword: false }, { localSignInEnabled: false }]) {
      expect(nextOf({ ...throughProvider, ...without })).toEqual({ action: 'use_sso', connectionId: 'connection' });
    }
  });
});
