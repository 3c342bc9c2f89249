import {
  type Caller,
  isServiceAccount,
  isUser,
  mayChangeAdministration,
  mayEdit,
  mayGrant,
  type Principal,
  Problem,
  type Rights,
  type UserStatus,
} from '@sallyport/core';
import type { UserRow } from './store.ts';

/** What the rules need to know of the user that is changed. */
export interface Subject extends Rights {
  id: string;
  name: string;
  status: UserStatus;
  hasPassword: boolean;
  mfaEnabled: boolean;
}

export interface Changes {
  name?: string;
  role?: Rights['role'];
  access?: Rights['access'];
  status?: 'active' | 'disabled';
  mfaEnabled?: boolean;
  reason?: string;
}

export interface Plan {
  /** All four, changed or not. */
  after: { name: string; role: Rights['role']; access: Rights['access']; status: UserStatus };
  /** Before and after of what changes. */
  changed: Partial<Record<'name' | 'role' | 'access' | 'status', [string, string]>>;
  resetsMfa: boolean;
  /** Whether the organisation loses one of those who can sign in and change things. */
  takesAwayAdmin: boolean;
}

/** @throws Problem `not_found` */
export function found(row: UserRow | null): UserRow {
  if (!row) throw new Problem('not_found');
  return row;
}

/**
 * @param revisions those of the user that the caller knows; null takes any
 * @throws Problem `precondition_failed`
 */
export function assertSeen(revisions: readonly string[] | null, { revision }: { revision: string }): void {
  if (revisions === null || revisions.includes(revision)) return;
  throw new Problem('precondition_failed', { detail: 'Load the user again, then change it.' });
}

/** @throws Problem `forbidden` */
export function assertMayEdit(caller: Principal, subject: Rights): void {
  if (!mayEdit(caller, subject)) throw new Problem('forbidden', { detail: 'This user has more rights than you have.' });
}

/**
 * A program neither makes nor touches an admin who can change things: through one that it made it could do all that it may
 * not do itself (decision 0030).
 *
 * @throws Problem `not_for_service_accounts`
 */
export function assertLeavesAdmins(caller: Principal, ...rights: Pick<Rights, 'role' | 'access'>[]): void {
  if (!isServiceAccount(caller) || !rights.some(mayChangeAdministration)) return;
  throw new Problem('not_for_service_accounts', {
    detail: 'Only a person makes or changes admins with read/write access.',
  });
}

/** Whether the user can sign in and change things in its organisation. */
export const isWorkingAdmin = (user: Pick<Subject, 'role' | 'access' | 'status'>): boolean =>
  mayChangeAdministration(user) && user.status === 'active';

/**
 * What a change of `subject` by `caller` comes to, decided without looking at anything else (SEC-16, SEC-40).
 *
 * @throws Problem `forbidden`, `use_own_settings`, `cannot_enable_mfa_for_user`, `invalid_status`,
 *   `not_for_service_accounts`
 */
export function planUpdate(caller: Principal, subject: Subject, changes: Changes): Plan {
  const before = { name: subject.name, role: subject.role, access: subject.access, status: subject.status };
  const after = {
    name: changes.name?.trim() ?? before.name,
    role: changes.role ?? before.role,
    access: changes.access ?? before.access,
    status: changes.status ?? before.status,
  };
  const changed: Plan['changed'] = {};
  for (const key of ['name', 'role', 'access', 'status'] as const) {
    if (before[key] !== after[key]) changed[key] = [before[key], after[key]];
  }

  assertMayMake(caller, subject, changed, after);
  if (before.status === 'invited' && after.status === 'active' && !subject.hasPassword) {
    throw new Problem('invalid_status', {
      detail: 'The user becomes active by accepting the invitation. You can send it again.',
      errors: [{ pointer: '/status', message: 'cannot be set to active before the invitation is accepted' }],
    });
  }
  return {
    after,
    changed,
    resetsMfa: resetsMfa(caller, subject, changes.mfaEnabled),
    takesAwayAdmin: isWorkingAdmin(before) && !isWorkingAdmin(after),
  };
}

function assertMayMake(caller: Principal, subject: Subject, changed: Plan['changed'], after: Plan['after']): void {
  assertMayEdit(caller, subject);
  assertLeavesAdmins(caller, subject, after);
  if (!mayGrant(caller, { ...after, organization: subject.organization })) {
    throw new Problem('forbidden', { detail: 'You cannot grant more rights than you have.' });
  }
  if (isUser(caller, subject.id) && (changed.role ?? changed.access ?? changed.status)) {
    throw new Problem('forbidden', { detail: 'You cannot change your own role, access or status. Ask another admin.' });
  }
}

/** Whether MFA is taken away. Asking for what is so already changes nothing. */
function resetsMfa(caller: Principal, subject: Subject, asked: boolean | undefined): boolean {
  if (asked === undefined || asked === subject.mfaEnabled) return false;
  if (asked) {
    throw new Problem('cannot_enable_mfa_for_user', {
      detail:
        'An authenticator holds a secret that only the user may see. Ask the user to set it up under MFA Settings.',
      errors: [{ pointer: '/mfaEnabled', message: 'can only be set to false' }],
    });
  }
  if (isServiceAccount(caller)) {
    throw new Problem('not_for_service_accounts', { detail: 'Only a person takes the second factor of another away.' });
  }
  if (isUser(caller, subject.id)) {
    throw new Problem('use_own_settings', { detail: 'Disable it under MFA Settings, with your password and a code.' });
  }
  return true;
}

/**
 * Whether `caller` may give `subject` another re-enrolment pass. Nobody gives one to itself: whoever came in with a
 * stolen password would.
 *
 * @throws Problem `forbidden`
 */
export function assertMayIssuePass(caller: Caller, subject: Pick<Subject, 'id'> & Rights): void {
  assertMayEdit(caller, subject);
  if (subject.id === caller.userId)
    throw new Problem('forbidden', { detail: 'You cannot give yourself a re-enrollment pass. Ask another admin.' });
}

/**
 * Whether `caller` may approve the reset of `subject`: neither the one who asked, nor the user itself.
 *
 * @throws Problem `forbidden`
 */
export function assertMayApproveReset(
  caller: Caller,
  subject: Pick<Subject, 'id'> & Rights,
  askedById: string | null,
): void {
  assertMayEdit(caller, subject);
  if (caller.userId === askedById)
    throw new Problem('forbidden', { detail: 'You asked for this reset yourself. Another admin approves it.' });
  if (caller.userId === subject.id)
    throw new Problem('forbidden', { detail: 'You cannot approve the reset of your own second factor.' });
}

/**
 * Whether `caller` may take the password of `subject` away.
 *
 * @throws Problem `forbidden`
 */
export function assertMayRemovePassword(caller: Caller, subject: Pick<Subject, 'id'> & Rights): void {
  assertMayEdit(caller, subject);
  if (subject.id === caller.userId)
    throw new Problem('forbidden', { detail: 'You cannot take your own password away. Ask another admin.' });
}
