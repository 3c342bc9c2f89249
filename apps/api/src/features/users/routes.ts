import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { entityTag, revisionsOf } from '../../http/entity-tag.ts';
import { idToMake } from '../../http/idempotency-key.ts';
import type { MfaResets } from './mfa-resets.ts';
import {
  approveMfaReset,
  createUser,
  getUser,
  issueReenrollmentPass,
  listUsers,
  removePassword,
  sendInvitation,
  stopMfaReset,
  updateUser,
} from './schemas.ts';
import type { UsersService } from './service.ts';

export const usersRoutes =
  (users: UsersService, resets: MfaResets): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/users', { schema: listUsers, onRequest: app.signedInOrProgram }, (request) =>
      users.list(request.principal, request.query),
    );

    app.post('/users', { schema: createUser, onRequest: app.signedInOrProgram }, async (request, reply) => {
      const id = idToMake('user', request.principal, request.headers['idempotency-key']);
      const user = await users.create(request.principal, id, request.body);
      return reply.status(201).header('etag', entityTag(user.revision)).send(user);
    });

    app.get('/users/:id', { schema: getUser, onRequest: app.signedInOrProgram }, async (request, reply) => {
      const user = await users.find(request.principal, request.params.id);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.patch('/users/:id', { schema: updateUser, onRequest: app.signedInOrProgram }, async (request, reply) => {
      const revisions = revisionsOf(request.headers['if-match']);
      const user = await users.update(request.principal, request.params.id, request.body, revisions);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.post('/users/:id/local-password/remove', { schema: removePassword, onRequest }, async (request, reply) => {
      const user = await users.removePassword(request.caller, request.params.id);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.post('/users/:id/mfa-reset/approve', { schema: approveMfaReset, onRequest }, async (request, reply) => {
      const revisions = revisionsOf(request.headers['if-match']);
      const user = await resets.approve(request.caller, request.params.id, revisions);
      return reply.header('etag', entityTag(user.revision)).send(user);
    });

    app.delete('/users/:id/mfa-reset', { schema: stopMfaReset, onRequest }, async (request, reply) => {
      await resets.stop(request.caller, request.params.id);
      return reply.status(204).send(null);
    });

    app.post('/users/:id/reenrollment-pass', { schema: issueReenrollmentPass, onRequest }, async (request, reply) => {
      const reenrollmentPass = await users.issueReenrollmentPass(request.caller, request.params.id);
      return reply.status(201).send({ reenrollmentPass });
    });

    app.post(
      '/users/:id/invitation',
      { schema: sendInvitation, onRequest: app.signedInOrProgram },
      async (request, reply) => {
        await users.sendInvitation(request.principal, request.params.id);
        return reply.status(204).send(null);
      },
    );
  };
