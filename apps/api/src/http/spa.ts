import fastifyStatic from '@fastify/static';
import { Problem } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { sendProblem } from './problems.ts';

const serverPaths = /^\/(?:api|docs|\.well-known|assets)(?:\/|$)/;

/**
 * Serves the built SPA from the same origin: its page for every path that is the router's, files with a hash in
 * their name for good. Whatever else is not found is a problem.
 *
 * @param root folder of the built SPA; null answers with problems only
 */
export const spa = fp(async (app: FastifyInstance, { root }: { root: string | null }) => {
  if (root !== null) {
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      // The build has left each text in smaller forms beside itself; where one is missing, the text itself is sent.
      preCompressed: true,
      setHeaders(reply, path) {
        const forGood = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !serverPaths.test(path);
    if (root !== null && isPage) return reply.sendFile('index.html');
    return sendProblem(request, reply, new Problem('not_found'));
  });
});
