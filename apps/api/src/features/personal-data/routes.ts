import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { PersonalDataErasure } from './erasure.ts';
import type { PersonalDataExport } from './export.ts';
import { eraseUser, exportMe, exportUser } from './schemas.ts';

export const personalDataRoutes =
  (exports: PersonalDataExport, erasure: PersonalDataErasure): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/users/:id/export', { schema: exportUser, onRequest }, (request) =>
      exports.ofUser(request.caller, request.params.id),
    );

    app.post('/users/:id/erase', { schema: eraseUser, onRequest }, async (request, reply) => {
      await erasure.ofUser(request.caller, request.params.id, request.body.email);
      return reply.status(204).send(null);
    });

    app.get('/me/export', { schema: exportMe, onRequest }, (request) => exports.ofCaller(request.caller));
  };
