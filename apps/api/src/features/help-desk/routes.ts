import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getUserSecurity } from './schemas.ts';
import type { HelpDeskService } from './service.ts';

export const helpDeskRoutes =
  (helpDesk: HelpDeskService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/users/:id/security', { schema: getUserSecurity, onRequest: app.signedInOrProgram }, (request) =>
      helpDesk.securityOf(request.principal, request.params.id),
    );
  };
