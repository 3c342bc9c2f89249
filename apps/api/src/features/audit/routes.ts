import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listAuditEvents } from './schemas.ts';
import type { AuditService } from './service.ts';

export const auditRoutes =
  (audit: AuditService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/audit-events', { schema: listAuditEvents, onRequest: app.signedIn }, (request) =>
      audit.list(request.caller, request.query),
    );
  };
