import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { entityTag, revisionsOf } from '../../http/entity-tag.ts';
import { createUser, getUser, listUsers, removePassword, sendInvitation, updateUser } from './schemas.ts';
import type { UsersService } from './service.ts';

export const usersRoutes =
  (users: UsersService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/users', { schema: listUsers, onRequest }, (request) => users.list(request.caller, request.query));

    app.post('/users', { schema: createUser, onRequest }, async (request, reply) => {
      const user = await users.create(request.caller, request.body);
      return reply.status(201).header('etag', entityTag(user.revision)).send(user);
    });

    app.get('/users/:id', { schema: getUser, onRequest }, async (request, reply) => {
      const user = await users.find(request.caller, request.params.id);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.patch('/users/:id', { schema: updateUser, onRequest }, async (request, reply) => {
      const revisions = revisionsOf(request.headers['if-match']);
      const user = await users.update(request.caller, request.params.id, request.body, revisions);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.post('/users/:id/local-password/remove', { schema: removePassword, onRequest }, async (request, reply) => {
      const user = await users.removePassword(request.caller, request.params.id);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.post('/users/:id/invitation', { schema: sendInvitation, onRequest }, async (request, reply) => {
      await users.sendInvitation(request.caller, request.params.id);
      return reply.status(204).send(null);
    });
  };
