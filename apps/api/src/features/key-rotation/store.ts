import { type SealedColumn, sealedSigningKeys } from '../../platform/crypto/store.ts';
import { sealedMails } from '../../platform/mail/store.ts';
import { sealedPersonKeys } from '../audit/person-keys.store.ts';
import { sealedAuditKeys } from '../audit/seal.store.ts';
import { sealedCandidates } from '../mfa/candidate-app.store.ts';
import { sealedRecoveryAddresses } from '../mfa/recovery-addresses.store.ts';
import { sealedPasses } from '../mfa/reenrollment-pass.store.ts';
import { sealedAuthenticators, sealedBackupCodeSets, sealedEnrollments } from '../mfa/store.ts';
import { sealedReasons } from '../mfa/waiting-resets.store.ts';
import { sealedChanges, sealedConnections } from '../sso/connections/store.ts';
import { sealedTransactions } from '../sso/sign-in/store.ts';

/** Every column that holds sealed texts, as its owner declares it. */
export const sealedColumns: readonly SealedColumn[] = [
  // In the order in which a secret moves from one to the next.
  sealedEnrollments,
  sealedCandidates,
  sealedAuthenticators,
  sealedBackupCodeSets,
  sealedPasses,
  sealedReasons,
  sealedRecoveryAddresses,
  sealedMails,
  sealedSigningKeys,
  sealedAuditKeys,
  sealedPersonKeys,
  sealedConnections,
  sealedChanges,
  sealedTransactions,
];
