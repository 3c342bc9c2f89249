import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { IdentitiesService } from './identities.ts';
import {
  linkIdentity,
  listIdentities,
  listUserIdentities,
  unlinkIdentity,
  unlinkUserIdentity,
} from './identities-schemas.ts';
import type { SsoFlowService } from './service.ts';

export const identitiesRoutes =
  (identities: IdentitiesService, flow: SsoFlowService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/me/identities', { schema: listIdentities, onRequest }, (request) => identities.list(request.caller));

    app.post('/me/identities/:connectionId/link', { schema: linkIdentity, onRequest }, async (request, reply) => {
      const started = await flow.startLink(request.caller, request.params.connectionId, request.body);
      app.cookies.setSso(reply, started.browserToken);
      return { url: started.url.href };
    });

    app.delete('/me/identities/:id', { schema: unlinkIdentity, onRequest }, async (request, reply) => {
      await identities.unlink(request.caller, request.params.id);
      return reply.status(204).send(null);
    });

    app.get('/users/:id/identities', { schema: listUserIdentities, onRequest }, (request) =>
      identities.listOf(request.caller, request.params.id),
    );

    app.delete(
      '/users/:id/identities/:identityId',
      { schema: unlinkUserIdentity, onRequest },
      async (request, reply) => {
        await identities.unlinkOf(request.caller, request.params.id, request.params.identityId);
        return reply.status(204).send(null);
      },
    );
  };
