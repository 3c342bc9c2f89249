import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { proofsOf } from '../shown.ts';
import { addPasskey, askForPasskey, removePasskey, renamePasskey, startPasskey } from './schemas.ts';
import type { PasskeysService } from './service.ts';

export const passkeyRoutes =
  (passkeys: PasskeysService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;
    const enrolling = { onRequest, config: { whileEnrolling: true } };

    app.post('/me/mfa/passkeys/options', { schema: startPasskey, ...enrolling }, (request) =>
      passkeys.startEnrollment(request.caller, request.body),
    );

    app.post('/me/mfa/passkeys', { schema: addPasskey, ...enrolling }, async (request, reply) => {
      const { session, added } = await passkeys.confirmEnrollment(request.caller, request.body);
      if (session) app.issueSession(reply, session);
      return reply.status(201).send(added);
    });

    app.patch('/me/mfa/passkeys/:id', { schema: renamePasskey, onRequest }, (request) =>
      passkeys.rename(request.caller, request.params.id, request.body.name),
    );

    app.post('/me/mfa/passkeys/:id/remove', { schema: removePasskey, onRequest }, async (request, reply) => {
      await passkeys.remove(request.caller, request.params.id, proofsOf(request.caller, request.body));
      return reply.status(204).send(null);
    });

    app.post('/me/mfa/passkey-options', { schema: askForPasskey, onRequest }, (request) =>
      passkeys.askAgain(request.caller),
    );
  };
