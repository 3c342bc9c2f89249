import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ACCESS_TOKEN_SECONDS, Problem } from '@sallyport/core';
import type { RememberedDevicesService } from './remembered-devices.ts';
import {
  exchangeToken,
  forgetDevice,
  forgetDevices,
  listDevices,
  listSessions,
  refreshSession,
  revokeOtherSessions,
  revokeSession,
  signOut,
} from './schemas.ts';
import type { SessionsService } from './service.ts';

export const sessionsRoutes =
  (sessions: SessionsService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/auth/refresh', { schema: refreshSession }, async (request, reply) => {
      try {
        app.issueSession(reply, await sessions.refresh(request.from, app.cookies.read(request, 'refresh')));
      } catch (error) {
        if (error instanceof Problem && error.status === 401) app.cookies.clear(reply, 'access', 'refresh');
        throw error;
      }
      return reply.status(204).send(null);
    });

    app.post('/auth/logout', { schema: signOut }, async (request, reply) => {
      await sessions.signOut(request.from, app.cookies.read(request, 'refresh'));
      app.cookies.clear(reply, 'access', 'refresh', 'challenge');
      return reply.status(204).send(null);
    });

    app.post('/tokens', { schema: exchangeToken, onRequest: app.signedInOrProgram }, async (request) => ({
      accessToken: app.tokenFor(request.principal, request.body.audience),
      issuedTokenType: 'urn:ietf:params:oauth:token-type:access_token' as const,
      tokenType: 'Bearer' as const,
      expiresIn: ACCESS_TOKEN_SECONDS,
    }));

    app.get('/me/sessions', { schema: listSessions, onRequest: app.signedIn }, (request) =>
      sessions.list(request.caller),
    );

    app.delete('/me/sessions/:id', { schema: revokeSession, onRequest: app.signedIn }, async (request, reply) => {
      await sessions.revokeOne(request.caller, request.params.id);
      return reply.status(204).send(null);
    });

    app.delete('/me/sessions', { schema: revokeOtherSessions, onRequest: app.signedIn }, async (request, reply) => {
      await sessions.revokeOthers(request.caller);
      return reply.status(204).send(null);
    });
  };

export const rememberedDevicesRoutes =
  (devices: RememberedDevicesService): FastifyPluginAsyncTypebox =>
  async (app) => {
    const onRequest = app.signedIn;

    app.get('/me/devices', { schema: listDevices, onRequest }, (request) => devices.list(request.caller));

    app.delete('/me/devices/:id', { schema: forgetDevice, onRequest }, async (request, reply) => {
      await devices.forgetOne(request.caller, request.params.id);
      return reply.status(204).send(null);
    });

    app.delete('/me/devices', { schema: forgetDevices, onRequest }, async (request, reply) => {
      await devices.forgetAll(request.caller);
      return reply.status(204).send(null);
    });
  };
