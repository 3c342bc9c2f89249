import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { Problem, problems } from '@sallyport/core';
import { isDirect } from '../../http/of-this-machine.ts';
import { problemCodes } from '../../http/problems.ts';
import { answers, Closed } from '../../http/schemas.ts';
import type { About } from '../../platform/about.ts';
import type { SigningKeys } from '../../platform/crypto/signing-keys.ts';
import type { Metrics } from '../../platform/metrics.ts';

interface HealthDeps {
  about: About;
  /** Whom the version is told: nobody but this machine, or whoever reaches the listener. */
  openTo: OpenTo;
  /** Resolves when the database answers, is migrated and takes writes. */
  assertReady(): Promise<void>;
  /** A load balancer that asks waits no longer than this for its answer; a second unless told. */
  readyMs?: number | undefined;
}

/** What is asked all the time, and tells nothing when it is answered. */
export const isWatching = (url: string): boolean => /^\/(?:healthz|readyz|metrics)(?:\?|$)/.test(url);

type OpenTo = 'this machine' | 'everybody';

const schema = { hide: true };

/** For load balancers. */
export const healthRoutes = ({ about, assertReady, openTo, readyMs = 1000 }: HealthDeps): FastifyPluginAsyncTypebox => {
  const ask = shared(assertReady);
  return async (app) => {
    app.get('/healthz', { schema }, (request) => ({
      status: 'up',
      ...(openTo === 'everybody' || isDirect(request) ? about : {}),
    }));

    app.get('/readyz', { schema }, async () => {
      await within(readyMs, ask()).catch((cause: unknown) => {
        throw new Problem('unavailable', {
          detail: 'The database does not answer or takes no writes, or this server is about to stop.',
          retryAfterSeconds: 2,
          cause,
        });
      });
      return { status: 'ready' };
    });
  };
};

/** For monitoring. @param openTo whom they are told: nobody but this machine, or whoever reaches the listener */
export const metricsRoutes =
  (metrics: Metrics, openTo: OpenTo): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/metrics', { schema }, async (request, reply) => {
      if (openTo === 'this machine' && !isDirect(request)) throw new Problem('not_found');
      return reply.type(metrics.contentType).send(await metrics.text());
    });
  };

/** For verifiers of tokens. */
export const keyRoutes =
  (signingKeys: SigningKeys): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/.well-known/jwks.json', { schema }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(signingKeys.jwks()),
    );
  };

/** For browsers whose page at another origin asks for our passkeys (WebAuthn Level 3, section 5.11). */
export const relatedOriginRoutes =
  (origins: readonly string[]): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/.well-known/webauthn', { schema }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send({ origins }),
    );
  };

/** Those who ask while an answer is under way share it, so that however many ask, the database is asked once. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null;
  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

/** @throws Error after `ms` milliseconds; the work itself goes on */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no answer within ${ms} ms.`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What `type` of a problem refers to. */
export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'getProblem',
        summary: 'What a problem code means',
        description: 'What `type` of a problem points to.',
        tags: ['Problems'],
        params: Closed({ code: Type.Enum(problemCodes, { description: '`code` of the problem' }) }),
        response: answers(
          {
            200: Type.Object(
              { code: Type.String(), status: Type.Integer(), title: Type.String() },
              { title: 'ProblemKind' },
            ),
          },
          'not_found',
        ),
      },
    },
    async (request) => ({ code: request.params.code, ...problems[request.params.code] }),
  );
};
