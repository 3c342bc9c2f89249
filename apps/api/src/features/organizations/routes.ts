import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { idToMake } from '../../http/idempotency-key.ts';
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

    app.get('/organizations', { schema: listOrganizations, onRequest: app.signedInOrProgram }, (request) =>
      organizations.list(request.principal, request.query),
    );

    app.post(
      '/organizations',
      { schema: createOrganization, onRequest: app.signedInOrProgram },
      async (request, reply) => {
        const id = idToMake('organization', request.principal, request.headers['idempotency-key']);
        return reply.status(201).send(await organizations.create(request.principal, id, request.body));
      },
    );

    app.get('/organizations/:id', { schema: getOrganization, onRequest: app.signedInOrProgram }, (request) =>
      organizations.find(request.principal, request.params.id),
    );

    app.patch('/organizations/:id', { schema: updateOrganization, onRequest: app.signedInOrProgram }, (request) =>
      organizations.update(request.principal, request.params.id, request.body),
    );

    app.get('/organizations/:id/settings', { schema: getSettings, onRequest: app.signedInOrProgram }, (request) =>
      organizations.settings(request.principal, request.params.id),
    );

    app.post('/organizations/:id/settings/preview', { schema: previewSettings, onRequest }, (request) =>
      organizations.preview(request.caller, request.params.id, request.body, request.query),
    );

    app.patch('/organizations/:id/settings', { schema: updateSettings, onRequest }, (request) =>
      organizations.updateSettings(request.caller, request.params.id, request.body),
    );
  };
