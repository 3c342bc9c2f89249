import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import helmet from 'helmet';

type Middleware = ReturnType<typeof helmet>;

/** What the middleware sets, which is the same for every answer. */
function headersOf(middleware: Middleware): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  middleware({} as Parameters<Middleware>[0], response as unknown as Parameters<Middleware>[1], (error) => {
    if (error) throw error;
  });
  return headers;
}

/** SEC-24, after the OWASP Secure Headers Project. Styles may stand inline: the component library sets them. */
export const securityHeaders = fp(async (app: FastifyInstance, { publicUrl }: { publicUrl: URL }) => {
  const https = publicUrl.protocol === 'https:';
  const headers = {
    ...headersOf(
      helmet({
        contentSecurityPolicy: {
          useDefaults: false,
          directives: {
            defaultSrc: ["'self'"],
            baseUri: ["'none'"],
            connectSrc: ["'self'"],
            fontSrc: ["'self'", 'data:'],
            formAction: ["'self'"],
            frameAncestors: ["'none'"],
            imgSrc: ["'self'", 'data:'],
            objectSrc: ["'none'"],
            scriptSrc: ["'self'"],
            styleSrc: ["'self'", "'unsafe-inline'"],
            ...(https ? { upgradeInsecureRequests: [] } : {}),
          },
        },
        frameguard: { action: 'deny' },
        hsts: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
        referrerPolicy: { policy: 'no-referrer' },
      }),
    ),
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    // Every answer of the API is about one person at one moment.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done();
  });
});
