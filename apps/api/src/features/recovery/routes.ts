import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { proofsOf } from '../mfa/index.ts';
import {
  askForRecovery,
  beginRecovery,
  confirmRecoveryAddress,
  getRecoveryAddress,
  nameRecoveryAddress,
  removeRecoveryAddress,
} from './schemas.ts';
import type { RecoveryService } from './service.ts';

export const recoveryRoutes =
  (recovery: RecoveryService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/me/recovery-address', { schema: getRecoveryAddress, onRequest }, (request) =>
      recovery.status(request.caller),
    );

    app.post('/me/recovery-address', { schema: nameRecoveryAddress, onRequest }, async (request, reply) => {
      const { address, ...proofs } = request.body;
      await recovery.name(request.caller, address, proofsOf(request.caller, proofs));
      return reply.status(204).send(null);
    });

    app.post('/me/recovery-address/remove', { schema: removeRecoveryAddress, onRequest }, async (request, reply) => {
      await recovery.remove(request.caller, proofsOf(request.caller, request.body));
      return reply.status(204).send(null);
    });

    app.post('/auth/recovery-address/confirm', { schema: confirmRecoveryAddress }, async (request, reply) => {
      await recovery.confirm(request.from, request.body.token);
      return reply.status(204).send(null);
    });

    app.post('/auth/login/recovery', { schema: askForRecovery }, async (request, reply) => {
      await recovery.ask(request.from, app.cookies.read(request, 'challenge'));
      return reply.status(202).send(null);
    });

    app.post('/auth/recovery', { schema: beginRecovery }, (request) =>
      recovery.begin(request.from, request.body.token),
    );
  };
