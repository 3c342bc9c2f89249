import { ROLES, type Role, USER_STATUSES, type UserStatus } from '@sallyport/core';

/** What a second factor may be: `sso` for users without a password, who have none here. */
export const MFA_STATES = ['on', 'off', 'sso'] as const;

/** The orders that the page offers, as the API takes them; the first where nothing was chosen. */
export const ORDERS = ['email', 'name', '-lastSignInAt', 'lastSignInAt'] as const;

/** What is asked for; it lives in the address of the page. */
export interface UsersFilter {
  q: string;
  organizationId: string | null;
  role: Role | null;
  status: UserStatus | null;
  mfa: (typeof MFA_STATES)[number] | null;
  sort: (typeof ORDERS)[number] | null;
}

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | null =>
  values.find((known) => known === value) ?? null;

export const filterOf = (query: URLSearchParams): UsersFilter => ({
  q: query.get('q') ?? '',
  organizationId: query.get('organization'),
  role: oneOf(ROLES, query.get('role')),
  status: oneOf(USER_STATUSES, query.get('status')),
  mfa: oneOf(MFA_STATES, query.get('mfa')),
  sort: oneOf(ORDERS, query.get('sort')),
});

const ofMfa = {
  on: { mfaEnabled: true },
  off: { mfaEnabled: false, hasPassword: true },
  sso: { hasPassword: false },
} as const;

/** The filter as the API takes it: without what asks for nothing. */
export const queryOf = ({ q, organizationId, role, status, mfa, sort }: UsersFilter) => ({
  ...(q ? { q } : {}),
  ...(organizationId ? { organizationId } : {}),
  ...(role ? { role } : {}),
  ...(status ? { status } : {}),
  ...(mfa ? ofMfa[mfa] : {}),
  ...(sort ? { sort } : {}),
});
