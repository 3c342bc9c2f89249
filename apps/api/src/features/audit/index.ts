import type { Feature } from '../../http/feature.ts';
import { auditRoutes } from './routes.ts';
import type { AuditService } from './service.ts';

export { ownDoing, type Party, partyOf } from './party.ts';

export {
  type AuditEntry,
  AuditService,
  type ChainFault,
  verifyChain,
} from './service.ts';

/** The audit log (SEC-41). */
export const auditFeature = (audit: AuditService): Feature => ({ routes: [auditRoutes(audit)], chores: [] });
