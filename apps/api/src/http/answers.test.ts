import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { problemHandlers } from './problems.ts';
import { answers } from './schemas.ts';

const schema = { response: answers({ 200: Type.Object({ name: Type.String() }) }) };

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/named', { schema }, () => ({ name: 'Ann' }));
  // @ts-expect-error: a reply of another type does not compile
  app.get('/number', { schema }, () => 42);
  // @ts-expect-error: nor does one that lacks a field
  app.get('/nameless', { schema }, async () => ({}));
  // @ts-expect-error: nor one that is sent
  app.get('/sent', { schema }, (_request, reply) => reply.send(42));
};

test('the reply of a route has the type of its answers', async () => {
  const app = Fastify();
  await app.register(problemHandlers);
  await app.register(routes);
  expect((await app.inject('/named')).json()).toEqual({ name: 'Ann' });
  // What the types let nobody write would be a fault of ours.
  expect((await app.inject('/nameless')).json()).toMatchObject({ code: 'internal_error' });
});
