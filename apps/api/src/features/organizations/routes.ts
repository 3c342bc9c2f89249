import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createOrganization,
  getOrganization,
  getSettings,
  listOrganizations,
  previewSettings,
  updateOrganization,
  updateSettings,
} from './schemas.ts';
import type { OrganizationsService } from './service.ts';

export const organizationsRoutes =
  (organizations: OrganizationsService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/organizations', { schema: listOrganizations, onRequest }, (request) =>
      organizations.list(request.caller, request.query),
    );

    app.post('/organizations', { schema: createOrganization, onRequest }, async (request, reply) =>
      reply.status(201).send(await organizations.create(request.caller, request.body)),
    );

    app.get('/organizations/:id', { schema: getOrganization, onRequest }, (request) =>
      organizations.find(request.caller, request.params.id),
    );

    app.patch('/organizations/:id', { schema: updateOrganization, onRequest }, (request) =>
      organizations.update(request.caller, request.params.id, request.body),
    );

    app.get('/organizations/:id/settings', { schema: getSettings, onRequest }, (request) =>
      organizations.settings(request.caller, request.params.id),
    );

    app.post('/organizations/:id/settings/preview', { schema: previewSettings, onRequest }, (request) =>
      organizations.preview(request.caller, request.params.id, request.body, request.query),
    );

    app.patch('/organizations/:id/settings', { schema: updateSettings, onRequest }, (request) =>
      organizations.updateSettings(request.caller, request.params.id, request.body),
    );
  };
