import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { Problem, problems } from '@sallyport/core';
import type { FastifyRequest } from 'fastify';
import { problemCodes } from '../../http/problems.ts';
import { answers, Closed } from '../../http/schemas.ts';
import type { SigningKeys } from '../../platform/crypto/signing-keys.ts';
import type { Metrics } from '../../platform/metrics.ts';

interface Deps {
  metrics: Metrics;
  signingKeys: SigningKeys;
  /** Resolves when the database answers, is migrated and takes writes. */
  assertReady(): Promise<void>;
}

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

/** Headers that proxies add to what they pass on; each gives one away (SEC-57). */
const ofProxies =
  /^(?:forwarded|via|client-ip|true-client-ip|cdn-loop|cf-.+|fastly-.+|x-(?:forwarded|real|client|original|proxy|envoy|cluster|azure|amzn|arr)\b.*)$/;

const hostOfThisMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;

/** Whether the request came from this machine and through no proxy. */
const isDirect = ({ socket, headers }: FastifyRequest): boolean =>
  loopback.test(socket.remoteAddress ?? '') &&
  hostOfThisMachine.test(headers.host ?? '') &&
  !Object.keys(headers).some((name) => ofProxies.test(name));

/** For load balancers, monitoring and verifiers of tokens. */
export const operationsRoutes =
  ({ metrics, signingKeys, assertReady }: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const schema = { hide: true };

    app.get('/healthz', { schema }, () => ({ status: 'up' }));

    app.get('/readyz', { schema }, async () => {
      await assertReady().catch((cause: unknown) => {
        throw new Problem('unavailable', {
          detail: 'The database does not answer, or takes no writes.',
          retryAfterSeconds: 2,
          cause,
        });
      });
      return { status: 'ready' };
    });

    app.get('/metrics', { schema }, async (request, reply) => {
      if (!isDirect(request)) throw new Problem('not_found');
      return reply.type(metrics.contentType).send(await metrics.text());
    });

    app.get('/.well-known/jwks.json', { schema }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(signingKeys.jwks()),
    );
  };

/** What `type` of a problem refers to. */
export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'getProblem',
        summary: 'What a problem code means',
        tags: ['Problems'],
        params: Closed({ code: Type.Enum(problemCodes) }),
        response: answers({
          200: Type.Object({ code: Type.String(), status: Type.Integer(), title: Type.String() }),
        }),
      },
    },
    async (request) => ({ code: request.params.code, ...problems[request.params.code] }),
  );
};
