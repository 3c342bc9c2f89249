import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import type { CandidateAppService } from './candidate-app.ts';
import type { FactorChecks } from './checks.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import type { PasskeysService } from './passkeys/service.ts';
import { candidateRoutes, checkRoutes, mfaRoutes, stepUpRoutes } from './routes.ts';
import type { MfaService } from './service.ts';
import type { StepUpService } from './step-up.ts';

export { CandidateAppService } from './candidate-app.ts';
export { FactorChecks } from './checks.ts';
export { FactorChanges } from './factor-changes.ts';
export { type Challenge, PasskeyAnswers } from './passkeys/answers.ts';
export { bytesOf, type PasskeyAnswer, relyingPartyOf } from './passkeys/relying-party.ts';
export { PasskeysService, passkeyAttemptKeysOf } from './passkeys/service.ts';
export { credentialAttemptKey, type PasskeyColumns } from './passkeys/store.ts';
export { PendingEnrollments } from './pending-enrollments.ts';
export { mfaDataOf } from './personal-data.store.ts';
export { ReauthenticationService, reauthenticationKey } from './reauthentication.ts';
export { RecoveryAddresses } from './recovery-addresses.ts';
export { ReenrollmentPasses } from './reenrollment-pass.ts';
export { invalidCode, notTaken, tooManyCodes } from './refusal.ts';
export { type Proof, SecondFactorService, secondFactorKey } from './second-factor.ts';
export { MfaService, type Proofs } from './service.ts';
export { proofsOf, type Shown, type ShownInRequest, shownAtSignIn, shownWhereEnabled } from './shown.ts';
export { type ShownCode, ShownCodes } from './shown-codes.ts';
export { assertMayHaveFactors, mfaStatus } from './status.ts';
export { StepUpService } from './step-up.ts';
export { type WaitingReset, WaitingResets } from './waiting-resets.ts';

/** Second factors and backup codes: enrolment, check, spending, and proving oneself again. */
export const mfaFeature = ({
  candidateApp,
  checks,
  mfa,
  passkeys,
  stepUp,
}: {
  candidateApp: CandidateAppService;
  checks: FactorChecks;
  mfa: MfaService;
  passkeys: PasskeysService;
  stepUp: StepUpService;
}): Feature => ({
  routes: [
    mfaRoutes(mfa),
    candidateRoutes(candidateApp),
    checkRoutes(checks),
    passkeyRoutes(passkeys),
    stepUpRoutes(stepUp),
  ],
  chores: [
    { name: 'enrolments nobody confirmed', everyMs: HOUR_MS, run: () => mfa.purge() },
    { name: 'authenticator apps that never took over', everyMs: HOUR_MS, run: () => candidateApp.purge() },
    { name: 'passkeys nobody answered with', everyMs: HOUR_MS, run: () => passkeys.purge() },
  ],
});
