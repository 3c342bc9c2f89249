import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { draining } from './draining.ts';

test('SEC-52: a server that closes ends with the answer to the last request under way', async () => {
  const app = Fastify({ keepAliveTimeout: 600_000 });
  await app.register(draining);
  const [arrived, closing, answered] = [moment(), moment(), moment()];
  app.addHook('preClose', async () => closing.come());
  app.get('/', async () => {
    arrived.come();
    await answered.came;
    return 'done';
  });
  const url = await app.listen();

  const agent = new Agent({ keepAlive: true });
  const response = once(get(url, { agent }), 'response') as Promise<[IncomingMessage]>;
  await arrived.came;
  const closed = app.close();
  await closing.came;
  answered.come();
  const [answer] = await response;
  expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
  answer.resume();
  await closed;
});

function moment(): { came: Promise<void>; come: () => void } {
  let come = (): void => undefined;
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { came, come: () => come() };
}
