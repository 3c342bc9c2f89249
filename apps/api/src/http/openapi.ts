import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { problems } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { ProblemBody } from './schemas.ts';

const table = Object.entries(problems)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n');

const description = `Sign-in and multi-factor service of a multi-tenant back office.

A browser holds the session in cookies; send requests with credentials. An access token lives five minutes: on 401
\`unauthenticated\` call \`POST /api/v1/auth/refresh\` once and try again.

Errors are problem details (RFC 9457). \`code\` is stable:

| code | status | title |
| --- | --- | --- |
${table}
`;

/** The OpenAPI 3.1 document, made of the schemas that validate, and a page to browse it. */
export const openapi = fp(async (app: FastifyInstance) => {
  app.addSchema(ProblemBody);
  await app.register(swagger, {
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `schema${index}`) },
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sallyport', version: '1', description },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sallyport_access' } },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { url: '/api/v1/openapi.json', deepLinking: true, validatorUrl: null },
    theme: { title: 'Sallyport API' },
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
});
