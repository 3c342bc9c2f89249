import type { WaitingResets } from '../mfa/index.ts';
import type { UserRow } from './store.ts';

export type User = ReturnType<typeof viewOf>;

/**
 * The revision tells apart every state that an admin sees: changes count it up, and the second factors and the reset that
 * waits, which come and go by the doing of others, are part of it. So a form that was opened before never takes away a new
 * factor, and nobody approves another reset than was shown.
 */
function revisionOf({ version, mfaRevision, resetId, resetApprovedAt }: UserRow): string {
  const parts = [String(version)];
  if (mfaRevision !== null) parts.push(mfaRevision.slice(-12));
  if (resetId !== null) parts.push(resetId.slice(-12) + (resetApprovedAt === null ? '' : 'a'));
  return parts.join('-');
}

/** The user as admins see it. */
export const viewOf = (row: UserRow, waiting: Pick<WaitingResets, 'reasonOf'>) => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  access: row.access,
  status: row.status,
  hasPassword: row.hasPassword,
  mfaEnabled: row.mfaRevision !== null,
  ...(row.awaitsReenrollmentPass ? { awaitsReenrollmentPass: true } : {}),
  ...pendingResetOf(row, waiting),
  organization: {
    id: row.organizationId,
    slug: row.organizationSlug,
    name: row.organizationName,
    kind: row.organizationKind,
  },
  lastSignInAt: row.lastSignInAt,
  createdAt: row.createdAt,
  revision: revisionOf(row),
});

function pendingResetOf(row: UserRow, waiting: Pick<WaitingResets, 'reasonOf'>) {
  const { id: userId, resetId: id, resetAskedAt, resetDueAt, resetExpiresAt, resetReason } = row;
  if (id === null || resetAskedAt === null || resetDueAt === null) return {};
  const reason = waiting.reasonOf({ userId, id, reason: resetReason });
  return {
    pendingReset: {
      requestedAt: resetAskedAt,
      requestedBy: row.resetAskedBy,
      ...(row.resetRecoveryAddressId === null ? {} : { recovery: true }),
      ...(reason === null ? {} : { reason }),
      dueAt: resetDueAt,
      needsSecondAdmin: resetExpiresAt !== null,
      ...(resetExpiresAt === null ? {} : { expiresAt: resetExpiresAt }),
      ...(row.resetApprovedAt === null ? {} : { approvedAt: row.resetApprovedAt, approvedBy: row.resetApprovedBy }),
    },
  };
}
