import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addDomain, listDomains, removeDomain, verifyDomain } from './schemas.ts';
import type { DomainsService } from './service.ts';

export const domainsRoutes =
  (domains: DomainsService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/organizations/:id/domains', { schema: listDomains, onRequest: app.signedInOrProgram }, (request) =>
      domains.list(request.principal, request.params.id),
    );

    app.post('/organizations/:id/domains', { schema: addDomain, onRequest }, async (request, reply) =>
      reply.status(201).send(await domains.add(request.caller, request.params.id, request.body.name)),
    );

    app.post('/organizations/:id/domains/:name/verify', { schema: verifyDomain, onRequest }, (request) =>
      domains.verify(request.caller, request.params.id, request.params.name),
    );

    app.delete('/organizations/:id/domains/:name', { schema: removeDomain, onRequest }, async (request, reply) => {
      await domains.remove(request.caller, request.params.id, request.params.name);
      return reply.status(204).send(null);
    });
  };
