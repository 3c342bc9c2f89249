import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Span, Tracing } from '../platform/telemetry/tracing.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody traces, and for what is asked all the time. */
    span: Span | null;
  }
}

interface Options {
  tracing: Tracing;
  /** Whether a URL is one of those that are asked all the time, and tell nothing. */
  isWatching(url: string): boolean;
}

/**
 * One span a request, named by method and route; never by path, which holds ids and tokens of people. Names of attributes
 * are those of OpenTelemetry's semantic conventions for HTTP.
 */
export const requestSpans = fp(async (app: FastifyInstance, { tracing, isWatching }: Options) => {
  app.decorateRequest('span', null);
  const goOn = ({ span }: FastifyRequest, _reply: unknown, done: () => void): void => {
    if (span) span.within(done);
    else done();
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (!isWatching(request.url)) {
      const { traceparent } = request.headers;
      request.span = tracing.request(typeof traceparent === 'string' ? traceparent : undefined, {
        'http.request.method': request.method,
        'sallyport.request.id': request.id,
      });
    }
    goOn(request, reply, done);
  });
  // A body comes with the events of its connection, which know nothing of the request.
  app.addHook('preValidation', goOn);
  app.addHook('onResponse', async ({ span, method, routeOptions: { url } }, { statusCode }) => {
    if (!span) return;
    span.rename(url === undefined ? method : `${method} ${url}`);
    span.tell({ ...(url === undefined ? {} : { 'http.route': url }), 'http.response.status_code': statusCode });
    span.end(statusCode >= 500 ? String(statusCode) : undefined);
  });
  app.addHook('onRequestAbort', async ({ span }) => span?.end('client_gone'));
});
