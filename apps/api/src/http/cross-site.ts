import { Problem } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on the few routes that a provider's page posts to, which prove their origin in another way. */
    crossSite?: boolean;
  }
}

/**
 * Refuses unsafe requests from other sites: the `Origin` must be ours, or the client is no browser and sends
 * neither `Origin` nor `Sec-Fetch-Site` (contract section 3; ASVS 5.0 3.5.1).
 */
export const crossSiteRefusal = fp(async (app: FastifyInstance, { allowed }: { allowed: readonly string[] }) => {
  const origins = new Set(allowed);
  app.addHook('onRequest', async (request) => {
    if (safeMethods.has(request.method) || request.routeOptions.config.crossSite) return;
    const { origin } = request.headers;
    if (origin === undefined ? request.headers['sec-fetch-site'] === undefined : origins.has(origin)) return;
    throw new Problem('cross_site_request');
  });
});
