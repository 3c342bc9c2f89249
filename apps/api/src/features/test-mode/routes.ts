import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '@sallyport/core';
import { isOfThisMachine } from '../../http/of-this-machine.ts';
import { getClock, getCode, listMails, moveClock, removeTenant, seedTenants } from './schemas.ts';
import type { TestModeService } from './service.ts';

export const testModeRoutes =
  (testMode: TestModeService): FastifyPluginAsyncTypebox =>
  async (app) => {
    // Neither by a page whose name was made to lead here, nor through a proxy.
    app.addHook('onRequest', async (request) => {
      if (!isOfThisMachine(request)) throw new Problem('not_found');
    });

    app.get('/test/clock', { schema: getClock }, () => testMode.clock());

    app.put('/test/clock', { schema: moveClock }, (request) => testMode.moveClock(request.body));

    app.get('/test/mails', { schema: listMails }, async (request) => ({
      items: await testMode.mails(request.query.to),
    }));

    app.get('/test/users/:email/code', { schema: getCode }, (request) => testMode.code(request.params.email));

    app.post('/test/tenants', { schema: seedTenants }, async (request, reply) =>
      reply.status(201).send(await testMode.seed(request.body)),
    );

    app.delete('/test/tenants/:slug', { schema: removeTenant }, async (request, reply) => {
      await testMode.removeTenant(request.params.slug);
      return reply.status(204).send(null);
    });
  };
