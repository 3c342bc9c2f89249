import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '@sallyport/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { currentUser } from '../account/index.ts';
import type { PasswordlessService } from './passwordless.ts';
import type { Browser, SignedIn } from './preparation.ts';
import {
  askForAnyPasskey,
  askForPasskeyAtSignIn,
  getSignInOptions,
  signIn,
  signInWithPasskey,
  verifySecondFactor,
} from './schemas.ts';
import type { SignInService } from './service.ts';

/** All of them set cookies that a browser keeps for pages of this site alone. */
const config = { signsIn: true };

export const signInRoutes =
  (service: SignInService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/auth/login', { schema: signIn, config }, async (request, reply) => {
      const result = await service.signIn(request.from, browserOf(app, request), request.body);
      if (result.status !== 'mfa_required') return answerOf(result, enter(app, reply, result));
      app.cookies.setChallenge(reply, result.challengeToken);
      return {
        status: result.status,
        methods: result.methods,
        expiresAt: result.expiresAt,
        ...(result.rememberDeviceDays > 0 && { rememberDeviceDays: result.rememberDeviceDays }),
        ...(result.recoveryDelayHours !== null && { recoveryDelayHours: result.recoveryDelayHours }),
      };
    });

    app.post('/auth/login/mfa', { schema: verifySecondFactor, config }, async (request, reply) => {
      const challenge = app.cookies.read(request, 'challenge');
      try {
        const result = await service.verify(request.from, browserOf(app, request), challenge, request.body);
        app.cookies.clear(reply, 'challenge');
        return answerOf(result, enter(app, reply, result));
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

export const passwordlessRoutes =
  (service: PasswordlessService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/auth/passkey/options', { schema: askForAnyPasskey, config }, async (request, reply) => {
      const { browserToken, options } = await service.ask(app.cookies.read(request, 'passkey'));
      app.cookies.setPasskey(reply, browserToken);
      return options;
    });

    app.post('/auth/passkey', { schema: signInWithPasskey, config }, async (request, reply) => {
      const token = app.cookies.read(request, 'passkey');
      const result = await service.signIn(request.from, browserOf(app, request), token, request.body.response);
      return { status: 'authenticated' as const, user: enter(app, reply, result) };
    });
  };

const browserOf = (app: FastifyInstance, request: FastifyRequest): Browser => ({
  deviceToken: app.cookies.read(request, 'device'),
  refreshToken: app.cookies.read(request, 'refresh'),
  rememberedTokens: app.cookies.readRemembered(request),
});

const answerOf = ({ session, status }: SignedIn, user: ReturnType<typeof currentUser>) =>
  status === 'authenticated' ? { status, user } : { status, user, expiresAt: session.expiresAt };

function enter(app: FastifyInstance, reply: FastifyReply, result: SignedIn) {
  app.issueSession(reply, result.session);
  app.cookies.setDevice(reply, result.deviceToken);
  if (result.rememberedTokens !== null) app.cookies.setRemembered(reply, result.rememberedTokens);
  return currentUser(result.caller);
}
