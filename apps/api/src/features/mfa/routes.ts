import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { CandidateAppService } from './candidate-app.ts';
import type { FactorChecks } from './checks.ts';
import {
  checkAuthenticator,
  checkBackupCode,
  confirmCandidate,
  confirmEnrollment,
  disableMfa,
  getMfa,
  regenerateBackupCodes,
  removeAuthenticator,
  removeCandidate,
  startCandidate,
  startEnrollment,
  stepUp,
} from './schemas.ts';
import type { MfaService } from './service.ts';
import { proofsOf } from './shown.ts';
import type { StepUpService } from './step-up.ts';

export const mfaRoutes =
  (mfa: MfaService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;
    const enrolling = { onRequest, config: { whileEnrolling: true } };

    app.get('/me/mfa', { schema: getMfa, ...enrolling }, (request) => mfa.status(request.caller));

    app.post('/me/mfa/totp', { schema: startEnrollment, ...enrolling }, async (request, reply) =>
      reply.status(201).send(await mfa.startEnrollment(request.caller)),
    );

    app.post('/me/mfa/totp/confirm', { schema: confirmEnrollment, ...enrolling }, async (request, reply) => {
      const { backupCodes, session } = await mfa.confirmEnrollment(request.caller, request.body);
      if (session) app.issueSession(reply, session);
      return { backupCodes };
    });

    app.post('/me/mfa/backup-codes', { schema: regenerateBackupCodes, onRequest }, async (request) => ({
      backupCodes: await mfa.regenerateBackupCodes(request.caller, proofsOf(request.caller, request.body)),
    }));

    app.post('/me/mfa/disable', { schema: disableMfa, onRequest }, async (request, reply) => {
      await mfa.disable(request.caller, proofsOf(request.caller, request.body));
      return reply.status(204).send(null);
    });

    app.post('/me/mfa/totp/remove', { schema: removeAuthenticator, onRequest }, async (request, reply) => {
      await mfa.removeApp(request.caller, proofsOf(request.caller, request.body));
      return reply.status(204).send(null);
    });
  };

export const candidateRoutes =
  (candidateApp: CandidateAppService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.post('/me/mfa/totp/candidate', { schema: startCandidate, onRequest }, async (request, reply) =>
      reply.status(201).send(await candidateApp.start(request.caller, proofsOf(request.caller, request.body))),
    );

    app.post('/me/mfa/totp/candidate/confirm', { schema: confirmCandidate, onRequest }, (request) =>
      candidateApp.confirm(request.caller, request.body.code),
    );

    app.delete('/me/mfa/totp/candidate', { schema: removeCandidate, onRequest }, async (request, reply) => {
      await candidateApp.remove(request.caller);
      return reply.status(204).send(null);
    });
  };

export const checkRoutes =
  (checks: FactorChecks): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.post('/me/mfa/totp/check', { schema: checkAuthenticator, onRequest }, (request) =>
      checks.checkApp(request.caller, request.body.code),
    );

    app.post('/me/mfa/backup-codes/check', { schema: checkBackupCode, onRequest }, (request) =>
      checks.checkBackupCode(request.caller, request.body.code),
    );
  };

export const stepUpRoutes =
  (service: StepUpService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/auth/step-up', { schema: stepUp, onRequest: app.signedIn }, async (request, reply) => {
      const session = await service.prove(request.caller, request.body);
      if (session) app.issueSession(reply, session);
      return reply.status(204).send(null);
    });
  };
