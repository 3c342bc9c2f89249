import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import type { RememberedDevicesService } from './remembered-devices.ts';
import { rememberedDevicesRoutes, sessionsRoutes } from './routes.ts';
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
export { type DeviceToRemember, RememberedDevicesService } from './remembered-devices.ts';
export { SessionsService } from './service.ts';
export type { Federation } from './store.ts';

/** Sessions, half-done sign-ins, known browsers and remembered devices: how access begins and ends. */
export const accessFeature = (sessions: SessionsService, devices: RememberedDevicesService): Feature => ({
  routes: [sessionsRoutes(sessions), rememberedDevicesRoutes(devices)],
  chores: [
    { name: 'ended access', everyMs: HOUR_MS, run: () => sessions.purge() },
    { name: 'devices remembered long enough', everyMs: HOUR_MS, run: () => devices.purge() },
  ],
});
