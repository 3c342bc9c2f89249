import type { Feature } from '../../http/feature.ts';
import { HOUR_MS } from '../../platform/time/chores.ts';
import { sessionsRoutes } from './routes.ts';
import type { SessionsService } from './service.ts';

export { ChallengesService, type MfaRequired } from './challenges.ts';
export { type Federation, SessionsService } from './service.ts';

/** Sessions, half-done sign-ins and known browsers: how access begins and ends. */
export const accessFeature = (sessions: SessionsService): Feature => ({
  routes: [sessionsRoutes(sessions)],
  chores: [{ name: 'ended access', everyMs: HOUR_MS, run: () => sessions.purge() }],
});
