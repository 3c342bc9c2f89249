import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { problems } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { withComponents } from './components.ts';
import type { Document } from './document.ts';
import { withExamples } from './examples.ts';
import { withLinks } from './links.ts';
import { llmsText } from './llms.ts';
import { logo } from './logo.ts';
import { operationOf, withProblems } from './operation.ts';
import { refreshing } from './refreshing.ts';
import { tags } from './tags.ts';
import { type NamedAccount, withTrying } from './trying.ts';

const table = Object.entries(problems)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n');

const description = `Sign-in and multi-factor service of a multi-tenant back office.

A browser holds the session in cookies; send requests with credentials. An access token lives five minutes: on 401
\`unauthenticated\` call \`POST /api/v1/auth/refresh\` once and try again. A program sends the key of a service
account instead, to the operations that name \`bearer\`; every other one of a session answers 403
\`not_for_service_accounts\`.

Errors are problem details (RFC 9457). \`code\` is stable:

| code | status | title |
| --- | --- | --- |
${table}
`;

const cookie = (name: string, description: string) => ({
  type: 'apiKey' as const,
  in: 'cookie' as const,
  name,
  description,
});

/** The OpenAPI 3.1 document, made of the schemas that validate, and a page to browse it and to try its calls. */
export const openapi = fp(async (app: FastifyInstance, { demoAccounts }: { demoAccounts: readonly NamedAccount[] }) => {
  const { cookies } = app;
  await app.register(swagger, {
    transform: operationOf(app),
    transformObject: (made) =>
      withLinks(withExamples(withComponents(withProblems((made as { openapiObject: Document }).openapiObject)))),
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sallyport', version: '1', description },
      servers: [{ url: '/', description: 'the origin that this document came from' }],
      tags,
      components: {
        securitySchemes: {
          session: cookie(cookies.nameOf('access'), 'The access token of a session: five minutes, then refresh.'),
          bearer: {
            type: 'http' as const,
            scheme: 'bearer',
            description:
              'The key of a service account, for programs: `Authorization: Bearer sallyport_sa_…`. Where cookies come too, the key alone counts.',
          },
          refresh: cookie(cookies.nameOf('refresh'), 'Continues the session; new at every use.'),
          challenge: cookie(cookies.nameOf('challenge'), 'A sign-in between password and second step: five minutes.'),
          provider: cookie(cookies.nameOf('sso'), 'A sign-in that is under way at an identity provider: ten minutes.'),
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    logo: { type: 'image/svg+xml', content: logo, href: '/docs' },
    uiConfig: { deepLinking: true, validatorUrl: null, displayRequestDuration: true },
    // What is of the page alone; openapi.json is for programs.
    transformSpecification: (document) => withTrying(document, demoAccounts),
    theme: {
      title: 'Sallyport API',
      js: [{ filename: 'refreshing.js', content: refreshing }],
      favicon: [{ filename: 'favicon.svg', rel: 'icon', sizes: 'any', type: 'image/svg+xml', content: logo }],
    },
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
  app.get('/llms.txt', { schema: { hide: true } }, (_request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/markdown; charset=utf-8')
      .send(llmsText(app.swagger() as unknown as Parameters<typeof llmsText>[0])),
  );
});
