import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AuditProofs } from './proof.ts';
import { listAuditEvents, listAuditKeys, listOwnEvents, proveAuditEvent } from './schemas.ts';
import type { AuditService } from './service.ts';

export const auditRoutes =
  (audit: AuditService, proofs: AuditProofs): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/audit-events', { schema: listAuditEvents, onRequest: app.signedInOrProgram }, (request) =>
      audit.list(request.principal, request.query),
    );

    app.get('/me/events', { schema: listOwnEvents, onRequest: app.signedIn }, (request) =>
      audit.listOwn(request.caller, request.query),
    );

    app.get('/audit-events/:id/proof', { schema: proveAuditEvent, onRequest: app.signedInOrProgram }, (request) =>
      proofs.prove(request.principal, request.params.id),
    );

    app.get('/audit-keys', { schema: listAuditKeys, onRequest: app.signedInOrProgram }, async (request) => ({
      keys: await proofs.keys(request.principal),
    }));
  };
