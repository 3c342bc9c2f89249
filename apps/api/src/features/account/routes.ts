import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { MfaResets } from '../users/index.ts';
import {
  acceptInvitation,
  changePassword,
  confirmPasswordReset,
  disputeMfaReset,
  getInvitation,
  getMe,
  reportNotMe,
  requestPasswordReset,
  stopOwnMfaReset,
  updateMe,
} from './schemas.ts';
import { type AccountService, currentUser } from './service.ts';

export const accountRoutes =
  (account: AccountService, resets: MfaResets): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/me', { schema: getMe, onRequest, config: { whileEnrolling: true } }, async (request) =>
      currentUser(request.caller),
    );

    app.patch('/me', { schema: updateMe, onRequest }, (request) => account.rename(request.caller, request.body.name));

    app.post('/me/password', { schema: changePassword, onRequest }, async (request, reply) => {
      await account.changePassword(request.caller, request.body);
      return reply.status(204).send(null);
    });

    app.post('/me/not-me', { schema: reportNotMe, onRequest }, (request) =>
      account.reportNotMe(request.caller, request.body),
    );

    app.delete('/me/mfa/reset', { schema: stopOwnMfaReset, onRequest }, async (request, reply) => {
      await resets.stopOwn(request.caller);
      return reply.status(204).send(null);
    });

    app.post('/auth/password-reset', { schema: requestPasswordReset }, async (request, reply) => {
      await account.requestPasswordReset(request.from, request.body.email);
      return reply.status(202).send(null);
    });

    app.post('/auth/password-reset/confirm', { schema: confirmPasswordReset }, async (request, reply) => {
      await account.confirmPasswordReset(request.from, request.body);
      return reply.status(204).send(null);
    });

    app.post('/auth/mfa-reset/dispute', { schema: disputeMfaReset }, async (request, reply) => {
      await account.disputeMfaReset(request.from, request.body.token);
      return reply.status(204).send(null);
    });

    app.post('/auth/invitation', { schema: getInvitation }, (request) => account.invitation(request.body.token));

    app.post('/auth/invitation/accept', { schema: acceptInvitation }, async (request, reply) => {
      await account.acceptInvitation(request.from, request.body);
      return reply.status(204).send(null);
    });
  };
