import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { idToMake } from '../../http/idempotency-key.ts';
import { createServiceAccount, getServiceAccount, listServiceAccounts, revokeServiceAccount } from './schemas.ts';
import type { ServiceAccountsService } from './service.ts';

const ACCOUNTS = '/organizations/:id/service-accounts';

export const serviceAccountsRoutes =
  (accounts: ServiceAccountsService): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/service-account', { schema: getServiceAccount, onRequest: app.signedInOrProgram }, (request) =>
      accounts.own(request.principal),
    );

    app.get(ACCOUNTS, { schema: listServiceAccounts, onRequest: app.signedInOrProgram }, (request) =>
      accounts.list(request.principal, request.params.id),
    );

    app.post(ACCOUNTS, { schema: createServiceAccount, onRequest: app.signedIn }, async (request, reply) => {
      const id = idToMake(
        `service account of ${request.params.id}`,
        request.caller,
        request.headers['idempotency-key'],
      );
      return reply.status(201).send(await accounts.create(request.caller, request.params.id, id, request.body));
    });

    app.delete(
      `${ACCOUNTS}/:accountId`,
      { schema: revokeServiceAccount, onRequest: app.signedIn },
      async (request, reply) => {
        await accounts.revoke(request.caller, request.params.id, request.params.accountId);
        return reply.status(204).send(null);
      },
    );
  };
