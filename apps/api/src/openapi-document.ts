import { buildApp, buildServices, featuresOf } from './app.ts';
import { createLogger } from './logger.ts';
import { noTracing } from './platform/telemetry/tracing.ts';
import type { Resources } from './resources.ts';

/** The OpenAPI 3.1 document, for generating the client. The routes are built on nothing: none of them is called. */
export async function openapiDocument(): Promise<object> {
  const config = {
    publicUrl: new URL('http://localhost:3000'),
    corsOrigins: [],
    trustProxy: 0,
    requestTimeoutMs: 0,
    keepAliveMs: 0,
    management: null,
  } as const;
  const resources = { tracing: noTracing } as Resources;
  const services = buildServices(config, resources);
  const app = await buildApp(config, resources, services, featuresOf(services), {
    logger: createLogger('silent'),
    webRoot: null,
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
