import type { Feature } from '../../http/feature.ts';
import { auditRoutes } from './routes.ts';
import type { AuditService } from './service.ts';
import { type EventsOfStrangers, TELL_EVERY_MS } from './strangers.ts';

export { ownDoing, type Party, partyOf } from './party.ts';

export {
  type AuditEntry,
  AuditService,
  type ChainFault,
  verifyChain,
} from './service.ts';
export { EventsOfStrangers } from './strangers.ts';

/** The audit log (SEC-41). */
export const auditFeature = (audit: AuditService, strangers: EventsOfStrangers): Feature => ({
  routes: [auditRoutes(audit)],
  chores: [{ name: 'dropped audit events', everyMs: TELL_EVERY_MS, run: () => strangers.tell() }],
});
