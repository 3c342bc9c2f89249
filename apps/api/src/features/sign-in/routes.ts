import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '@sallyport/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { currentUser } from '../account/index.ts';
import type { Browser, SignedIn } from './preparation.ts';
import { askForPasskeyAtSignIn, getSignInOptions, signIn, verifySecondFactor } from './schemas.ts';
import type { SignInService } from './service.ts';

export const signInRoutes =
  (service: SignInService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/auth/login', { schema: signIn }, async (request, reply) => {
      const result = await service.signIn(request.from, browserOf(app, request), request.body);
      if (result.status !== 'mfa_required') {
        const user = enter(app, reply, result);
        const { session, status } = result;
        return status === 'authenticated' ? { status, user } : { status, user, expiresAt: session.expiresAt };
      }
      app.cookies.setChallenge(reply, result.challengeToken);
      return {
        status: result.status,
        methods: result.methods,
        expiresAt: result.expiresAt,
        ...(result.rememberDeviceDays > 0 && { rememberDeviceDays: result.rememberDeviceDays }),
      };
    });

    app.post('/auth/login/mfa', { schema: verifySecondFactor }, async (request, reply) => {
      const challenge = app.cookies.read(request, 'challenge');
      try {
        const result = await service.verify(request.from, browserOf(app, request), challenge, request.body);
        app.cookies.clear(reply, 'challenge');
        return { status: 'authenticated' as const, user: enter(app, reply, result) };
      } catch (error) {
        if (error instanceof Problem && error.code === 'challenge_expired') app.cookies.clear(reply, 'challenge');
        throw error;
      }
    });

    app.post('/auth/login/mfa/passkey-options', { schema: askForPasskeyAtSignIn }, (request) =>
      service.askForPasskey(app.cookies.read(request, 'challenge')),
    );

    app.get('/auth/sign-in-options', { schema: getSignInOptions }, (request) => service.options(request.query));
  };

const browserOf = (app: FastifyInstance, request: FastifyRequest): Browser => ({
  deviceToken: app.cookies.read(request, 'device'),
  refreshToken: app.cookies.read(request, 'refresh'),
  rememberedTokens: app.cookies.readRemembered(request),
});

function enter(app: FastifyInstance, reply: FastifyReply, result: SignedIn) {
  app.issueSession(reply, result.session);
  app.cookies.setDevice(reply, result.deviceToken);
  if (result.rememberedTokens !== null) app.cookies.setRemembered(reply, result.rememberedTokens);
  return currentUser(result.caller);
}
