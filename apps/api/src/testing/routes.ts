import fp from 'fastify-plugin';
import { buildApp, featuresOf } from '../app.ts';
import { createLogger } from '../logger.ts';
import type { TestApp } from './app.ts';

/** What the router has under /api/v1, whether or not a document tells of it. */
export async function routesOf({ config, resources, services }: TestApp): Promise<{ method: string; url: string }[]> {
  const found: { method: string; url: string }[] = [];
  const listener = fp(async (api) => {
    api.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) found.push({ method: each, url });
    });
  });
  const features = [{ routes: [listener], chores: [] }, ...featuresOf(services)];
  const app = await buildApp(config, resources, services, features, { logger: createLogger('silent'), webRoot: null });
  await app.ready();
  await app.close();
  return found;
}
