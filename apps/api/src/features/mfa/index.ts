import type { Feature } from '../../http/feature.ts';
import { HOUR_MS } from '../../platform/time/chores.ts';
import { mfaRoutes, stepUpRoutes } from './routes.ts';
import type { MfaService } from './service.ts';
import type { StepUpService } from './step-up.ts';

export { codeWhereEnabled, ReauthenticationService, reauthenticationKey } from './reauthentication.ts';
export {
  invalidCode,
  type Proof,
  SecondFactorService,
  secondFactorKey,
  tooManyCodes,
} from './second-factor.ts';
export { MfaService, mfaStatus } from './service.ts';
export { StepUpService } from './step-up.ts';

/** Authenticators and backup codes: enrolment, check, spending, and proving oneself again. */
export const mfaFeature = (mfa: MfaService, stepUp: StepUpService): Feature => ({
  routes: [mfaRoutes(mfa), stepUpRoutes(stepUp)],
  chores: [{ name: 'enrolments nobody confirmed', everyMs: HOUR_MS, run: () => mfa.purge() }],
});
