import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { PersonalDataExport } from './export.ts';
import { exportMe, exportUser } from './schemas.ts';

export const personalDataRoutes =
  (exports: PersonalDataExport): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/users/:id/export', { schema: exportUser, onRequest }, (request) =>
      exports.ofUser(request.caller, request.params.id),
    );

    app.get('/me/export', { schema: exportMe, onRequest }, (request) => exports.ofCaller(request.caller));
  };
