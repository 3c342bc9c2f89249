import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * Lets a server that is told to stop end with its last answer (SEC-52): an answer to a request that was under way ends
 * its connection, which would else wait for another request until it counts as idle.
 *
 * @param options.leaving when it is aborted every answer ends its connection, also before the server closes
 */
export const draining = fp(async (app: FastifyInstance, { leaving }: { leaving?: AbortSignal | undefined }) => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing || leaving?.aborted) reply.header('connection', 'close');
    done();
  });
});
