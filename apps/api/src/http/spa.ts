import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Problem } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { sendProblem } from './problems.ts';

const PAGE = 'index.html';

const serverPaths = /^\/(?:api|docs|\.well-known|assets)(?:\/|$)/;

/**
 * Serves the built SPA from the same origin: its page for every path that is the router's, files with a hash in
 * their name for good. Whatever else is not found is a problem.
 *
 * @param root folder of the built SPA; null answers with problems only
 * @param testMode whether the page is marked, so that every one of the SPA announces it
 */
export const spa = fp(async (app: FastifyInstance, { root, testMode }: { root: string | null; testMode: boolean }) => {
  const marked = root !== null && testMode ? await markedPage(root) : null;
  if (root !== null) {
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      // The build has left each text in smaller forms beside itself; where one is missing, the text itself is sent.
      preCompressed: true,
      ...(marked === null ? {} : { index: false, allowedPath: (path: string) => path !== `/${PAGE}` }),
      setHeaders(reply, path) {
        const forGood = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !serverPaths.test(path);
    if (marked !== null && isPage)
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(marked);
    if (root !== null && isPage) return reply.sendFile(PAGE);
    return sendProblem(request, reply, new Problem('not_found'));
  });
});

async function markedPage(root: string): Promise<string> {
  const page = await readFile(join(root, PAGE), 'utf8');
  return page.replace('</head>', '<meta name="sallyport-test-mode" content="1" /></head>');
}
