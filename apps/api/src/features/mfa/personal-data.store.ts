import type { PersonalDataPart } from '../../platform/personal-data.ts';
import type { RecoveryAddresses } from './recovery-addresses.ts';

/** The second factors of a person, what was begun of them, and the recovery address. */
export const mfaDataOf =
  (recoveryAddresses: RecoveryAddresses): PersonalDataPart =>
  async (db, { id: userId }) => {
    const recovery = await recoveryAddresses.of(userId, db);
    const passkeys = await db.passkey.findMany({
      where: { userId },
      omit: { userId: true, publicKey: true, credentialId: true },
      orderBy: { createdAt: 'asc' },
    });
    return {
      enabled_mfa: await db.enabledMfa.findMany({ where: { userId }, select: { enabledAt: true } }),
      totp_authenticators: await db.totpAuthenticator.findMany({
        where: { userId },
        select: { id: true, enrolledAt: true, usedAt: true },
      }),
      totp_candidates: await db.totpCandidate.findMany({
        where: { userId },
        select: { id: true, createdAt: true, expiresAt: true },
      }),
      passkeys: passkeys.map((passkey) => ({ ...passkey, counter: Number(passkey.counter) })),
      passkey_challenges: await db.passkeyChallenge.findMany({
        where: { userId },
        select: { purpose: true, expiresAt: true },
      }),
      pending_enrollments: await db.pendingEnrollment.findMany({
        where: { userId },
        select: { id: true, sessionId: true, expiresAt: true },
      }),
      reenrollment_passes: await db.reenrollmentPass.findMany({ where: { userId }, select: { issuedAt: true } }),
      waiting_resets: await db.waitingReset.findMany({
        where: { OR: [{ userId }, { askedById: userId }, { approvedById: userId }] },
        omit: { reason: true },
      }),
      recovery_addresses: recovery === null ? [] : [recovery],
      backup_code_sets: await db.backupCodeSet.findMany({ where: { userId }, select: { createdAt: true } }),
      backup_codes: await db.backupCode.findMany({ where: { userId }, select: { spentAt: true } }),
    };
  };
