import { Problem } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on the few routes that a provider's page posts to, which prove their origin in another way. */
    crossSite?: boolean;
    /** Set on the routes whose answers bring the cookies of a sign-in. */
    signsIn?: boolean;
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
    const site = request.headers['sec-fetch-site'];
    if (origin === undefined ? site !== undefined : !origins.has(origin)) throw new Problem('cross_site_request');
    // Browsers neither keep nor send a cookie of SameSite=Lax there (RFC 6265bis 5.7): a session would never work.
    if (site === 'cross-site' && request.routeOptions.config.signsIn) {
      throw new Problem('cross_site_sign_in', {
        detail:
          'A browser keeps no session for a page of another site. Serve the page under the domain that this service is under, or pass its /api on from the origin of the page.',
      });
    }
  });
});
