import {
  ACCESSES,
  type Caller,
  mayChangeAdministration,
  ORGANIZATION_KINDS,
  Problem,
  ROLES,
  rankOf,
  USER_STATUSES,
} from '@sallyport/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Changes, planUpdate, type Subject } from './rules.ts';

const organization = { id: 'organization', slug: 'acme', name: 'Acme', kind: 'customer' as const };

const admin: Caller = {
  userId: 'admin',
  email: 'admin@acme.example',
  name: 'Admin',
  role: 'admin',
  access: 'read_write',
  organization,
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
  origin: { address: '127.0.0.1', userAgent: '', requestId: '' },
};

const member: Subject = {
  id: 'member',
  name: 'Member',
  role: 'member',
  access: 'read_only',
  organization,
  status: 'active',
  hasPassword: true,
  mfaEnabled: false,
};

const codeOf = (run: () => unknown): string | null => {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

const codeFor = (changes: Changes, subject: Partial<Subject> = {}, caller: Partial<Caller> = {}) =>
  codeOf(() => planUpdate({ ...admin, ...caller }, { ...member, ...subject }, changes));

describe('planUpdate', () => {
  test('names what changes, and nothing else', () => {
    const plan = planUpdate(admin, member, { name: ' New ', role: 'admin', access: 'read_only', mfaEnabled: false });
    expect(plan).toEqual({
      after: { name: 'New', role: 'admin', access: 'read_only', status: 'active' },
      changed: { name: ['Member', 'New'], role: ['member', 'admin'] },
      resetsMfa: false,
      takesAwayAdmin: false,
    });
  });

  test('SEC-16: MFA is reset only where it is on', () => {
    expect(planUpdate(admin, { ...member, mfaEnabled: true }, { mfaEnabled: false }).resetsMfa).toBe(true);
    expect(planUpdate(admin, { ...member, mfaEnabled: true }, { mfaEnabled: true }).resetsMfa).toBe(false);
    expect(planUpdate(admin, { ...member, mfaEnabled: true }, { name: 'New' }).resetsMfa).toBe(false);
    expect(planUpdate(admin, member, { mfaEnabled: false }).resetsMfa).toBe(false);
  });

  test('SEC-16: nobody sets up an authenticator for another', () => {
    expect(codeFor({ mfaEnabled: true })).toBe('cannot_enable_mfa_for_user');
    expect(codeFor({ mfaEnabled: true }, { id: 'admin' })).toBe('cannot_enable_mfa_for_user');
  });

  test('SEC-16: nobody resets the own MFA as an admin', () => {
    const own = { id: 'admin', role: 'admin', access: 'read_write', mfaEnabled: true } as const;
    const passed = { mfaEnabled: true, session: { ...admin.session, aal: 2 as const } };
    expect(codeFor({ mfaEnabled: false }, own, passed)).toBe('use_own_settings');
  });

  test.each<Changes>([{ role: 'member' }, { access: 'read_only' }, { status: 'disabled' }])(
    'SEC-40: nobody changes the own rights: %j',
    (changes) => {
      const own = { id: 'admin', role: 'admin', access: 'read_write' } as const;
      expect(codeFor(changes, own)).toBe('forbidden');
      expect(codeFor({ name: 'New', role: 'admin', access: 'read_write', status: 'active' }, own)).toBeNull();
    },
  );

  test('an invited user becomes active only by accepting', () => {
    const invited = { status: 'invited', hasPassword: false } as const;
    expect(codeFor({ status: 'active' }, invited)).toBe('invalid_status');
    expect(codeFor({ status: 'disabled' }, invited)).toBeNull();
    expect(codeFor({ status: 'active' }, { status: 'disabled' })).toBeNull();
  });

  const rights = {
    role: fc.constantFrom(...ROLES),
    access: fc.constantFrom(...ACCESSES),
    organization: fc.constantFrom(...ORGANIZATION_KINDS).map((kind) => ({ ...organization, kind })),
  };
  const changes = fc.record(
    {
      role: rights.role,
      access: rights.access,
      status: fc.constantFrom('active' as const, 'disabled' as const),
      mfaEnabled: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('SEC-40: no change lifts anybody above the one who makes it, or touches one who stands above', () => {
    fc.assert(
      fc.property(
        fc.record(rights),
        fc.record({ ...rights, status: fc.constantFrom(...USER_STATUSES), mfaEnabled: fc.boolean() }),
        changes,
        (callerRights, subjectRights, asked) => {
          const caller = { ...admin, ...callerRights };
          const subject = { ...member, ...subjectRights };
          const code = codeOf(() => planUpdate(caller, subject, asked));
          const after = { ...subject, role: asked.role ?? subject.role, access: asked.access ?? subject.access };
          const above = rankOf(subject) > rankOf(caller) || rankOf(after) > rankOf(caller);
          if (!mayChangeAdministration(caller) || above) expect(code).toBe('forbidden');
        },
      ),
    );
  });
});
