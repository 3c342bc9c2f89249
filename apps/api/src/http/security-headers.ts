import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import helmet, { type HelmetOptions } from 'helmet';

/** SEC-24, after the OWASP Secure Headers Project. Styles may stand inline: the component library sets them. */
export const securityHeaders = fp(async (app: FastifyInstance, { publicUrl }: { publicUrl: URL }) => {
  const https = publicUrl.protocol === 'https:';
  const always = headersOf({
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
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(always);
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    // Every answer of the API is about one person at one moment.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done();
  });
});

/** What helmet sets on an answer. It would work out the same for each, which is a twentieth of a session read. */
function headersOf(options: HelmetOptions): OutgoingHttpHeaders {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(answer.req, answer, (error) => {
    if (error) throw error;
  });
  return answer.getHeaders();
}
