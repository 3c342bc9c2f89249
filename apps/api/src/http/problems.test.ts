import { Problem } from '@sallyport/core';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { problemHandlers } from './problems.ts';

/** The lines of the log at `warn` and above after a request that ends in `error`. */
async function loggedFor(error: Error): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const app = Fastify({ loggerInstance: createLogger('warn', { write: (line) => void lines.push(line) }) });
  await app.register(problemHandlers);
  app.get('/', () => {
    throw error;
  });
  await app.inject('/');
  await app.close();
  return lines.map((line) => JSON.parse(line));
}

test('a 503 is one line at warn, with its cause and without a stack', async () => {
  const lines = await loggedFor(new Problem('unavailable', { cause: new Error('Connection terminated') }));
  expect(lines).toEqual([expect.objectContaining({ level: 40, code: 'unavailable', cause: 'Connection terminated' })]);
  expect(JSON.stringify(lines)).not.toContain('stack');
});

test('what nobody expected is an error with its stack', async () => {
  const lines = await loggedFor(new Error('unexpected'));
  expect(lines).toEqual([
    expect.objectContaining({
      level: 50,
      err: expect.objectContaining({ message: 'unexpected', stack: expect.stringContaining('problems.test.ts') }),
    }),
  ]);
});

test('a refusal is no line', async () => {
  expect(await loggedFor(new Problem('not_found'))).toEqual([]);
});
