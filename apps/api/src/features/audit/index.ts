import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import type { AuditProofs } from './proof.ts';
import type { AuditRetention } from './retention.ts';
import { auditRoutes } from './routes.ts';
import type { AuditSealer } from './sealer.ts';
import type { AuditService } from './service.ts';
import { type EventsOfStrangers, TELL_EVERY_MS } from './strangers.ts';

export type { LogFault } from './fault.ts';
export { readHead } from './head.ts';
export { ownDoing, type Party, partyOf } from './party.ts';
export { EventReader } from './person-keys.ts';
export { auditDataOf } from './personal-data.ts';
export { AuditProofs, proveEvent } from './proof.ts';
export { AuditRetention } from './retention.ts';
export { AuditSealer, BrokenSealError } from './sealer.ts';
export { type AuditEntry, AuditService } from './service.ts';
export { EventsOfStrangers } from './strangers.ts';
export { verifyLog } from './verification.ts';

/** An event is sealed about so long after its commit (SEC-41). */
const SEAL_EVERY_MS = 1000;

interface Services {
  audit: AuditService;
  auditProofs: AuditProofs;
  sealer: AuditSealer;
  auditRetention: AuditRetention;
  strangers: EventsOfStrangers;
}

/** The audit log (SEC-41). */
export const auditFeature = ({ audit, auditProofs, auditRetention, sealer, strangers }: Services): Feature => ({
  routes: [auditRoutes(audit, auditProofs)],
  chores: [
    {
      name: 'sealing of the audit log',
      everyMs: SEAL_EVERY_MS,
      isDue: () => sealer.isDue(),
      run: () => sealer.seal(),
      atStop: true,
    },
    { name: 'audit events that were kept long enough', everyMs: HOUR_MS, run: () => auditRetention.run() },
    { name: 'dropped audit events', everyMs: TELL_EVERY_MS, run: () => strangers.tell() },
  ],
});
