import type { Feature } from '../../http/feature.ts';
import { HOUR_MS } from '../../platform/time/chores.ts';
import { sessionsRoutes } from './routes.ts';
import type { SessionsService } from './service.ts';

export {
  type Candidate,
  type ChallengeAttempt,
  ChallengesService,
  type FirstStep,
  type MfaRequired,
  type Opening,
} from './challenges.ts';
export { isDeviceToken, newDeviceToken } from './device-token.ts';
export { accessDataOf } from './personal-data.store.ts';
export { SessionsService } from './service.ts';
export type { Federation } from './store.ts';

/** Sessions, half-done sign-ins and known browsers: how access begins and ends. */
export const accessFeature = (sessions: SessionsService): Feature => ({
  routes: [sessionsRoutes(sessions)],
  chores: [{ name: 'ended access', everyMs: HOUR_MS, run: () => sessions.purge() }],
});
