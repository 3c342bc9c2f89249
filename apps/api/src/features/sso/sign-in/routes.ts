import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '@sallyport/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IdentitiesService } from './identities.ts';
import {
  completeSso,
  linkIdentity,
  listIdentities,
  listUserIdentities,
  mailLink,
  readMailedLink,
  samlAcs,
  samlMetadata,
  ssoCallback,
  startMailedLink,
  startSso,
  unlinkIdentity,
  unlinkUserIdentity,
} from './schemas.ts';
import type { Landing, SsoBrowser, SsoFlowService } from './service.ts';

/** A response of 256 KiB in base64, percent-encoded. */
const ACS_LIMIT_BYTES = 512 * 1024;

/** What takes up an attempt answers no HEAD, which those send who only look at a link. */
const byBrowserAlone = { exposeHeadRoute: false };

export const ssoFlowRoutes =
  (flow: SsoFlowService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/auth/sso/:connectionId/start', { schema: startSso, ...byBrowserAlone }, async (request, reply) => {
      const { connectionId } = request.params;
      const token = app.cookies.read(request, 'sso');
      return go(app, reply, await flow.start(request.from, token, connectionId, request.query));
    });

    app.get('/auth/sso/:connectionId/callback', { schema: ssoCallback, ...byBrowserAlone }, async (request, reply) => {
      const query = new URL(request.url, 'https://origin.invalid').searchParams;
      return go(
        app,
        reply,
        await flow.callback(request.from, browserOf(app, request), request.params.connectionId, query),
      );
    });

    app.get('/auth/sso/complete', { schema: completeSso, ...byBrowserAlone }, async (request, reply) =>
      go(app, reply, await flow.complete(request.from, browserOf(app, request), request.query.code)),
    );

    app.post('/auth/sso-link', { schema: readMailedLink }, (request) => flow.readMailedLink(request.body.token));

    app.post('/auth/sso-link/start', { schema: startMailedLink }, async (request, reply) => {
      const started = await flow.startMailed(request.from, app.cookies.read(request, 'sso'), request.body);
      app.cookies.setSso(reply, started.browserToken);
      return { url: started.url.href };
    });

    app.get('/auth/sso/:connectionId/metadata', { schema: samlMetadata }, async (request, reply) =>
      reply.type('application/samlmetadata+xml').send(await flow.metadata(request.params.connectionId)),
    );

    await app.register(acsRoute(flow));
  };

/** The one route that a page of another site posts to, and the only one that takes a form. */
const acsRoute =
  (flow: SsoFlowService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: ACS_LIMIT_BYTES },
      (_request, body, done) => {
        const form = new URLSearchParams(body as string);
        const fields = ['SAMLResponse', 'RelayState'] as const;
        if (fields.some((field) => form.getAll(field).length > 1)) {
          done(new Problem('invalid_request', { detail: 'A field comes twice.' }));
          return;
        }
        done(null, Object.fromEntries(fields.flatMap((field) => (form.has(field) ? [[field, form.get(field)]] : []))));
      },
    );

    app.post(
      '/auth/sso/:connectionId/acs',
      { schema: samlAcs, bodyLimit: ACS_LIMIT_BYTES, config: { crossSite: true } },
      async (request, reply) => go(app, reply, await flow.acs(request.from, request.params.connectionId, request.body)),
    );
  };

const browserOf = (app: FastifyInstance, request: FastifyRequest): SsoBrowser => ({
  token: app.cookies.read(request, 'sso'),
  refreshToken: app.cookies.read(request, 'refresh'),
});

function go(app: FastifyInstance, reply: FastifyReply, landing: Landing) {
  if (landing.browserToken !== undefined) app.cookies.setSso(reply, landing.browserToken);
  if (landing.challengeToken !== undefined) app.cookies.setChallenge(reply, landing.challengeToken);
  if (landing.session) {
    app.cookies.clear(reply, 'challenge');
    app.issueSession(reply, landing.session);
  }
  return reply.status(303).header('cache-control', 'no-store').header('location', landing.location).send(null);
}

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

    app.post('/users/:id/sso-link', { schema: mailLink, onRequest }, async (request, reply) => {
      await identities.mailLink(request.caller, request.params.id);
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
