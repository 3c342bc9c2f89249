import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * Lets a server that is told to stop end with its last answer (SEC-52): an answer to a request that was under way ends
 * its connection, which would else wait for another request until it counts as idle.
 */
export const draining = fp(async (app: FastifyInstance) => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
});
