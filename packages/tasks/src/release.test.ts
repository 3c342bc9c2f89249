import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './repository.js';
import { run } from './run.ts';

/** Stands for the registry: whatever would be published or asked comes here. */
const asked: string[] = [];
const registry = createServer(({ method, url }, response) => {
  asked.push(`${method} ${url}`);
  response.writeHead(404).end();
});
beforeAll(() => new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve)));
afterAll(() => void registry.close());

function release(...args: string[]) {
  const { port } = registry.address() as AddressInfo;
  const task = join(root, 'packages/tasks/src/release.ts');
  // It packs by itself what other tests find packed.
  const env = { npm_config_registry: `http://127.0.0.1:${port}`, SALLYPORT_TEST_ARCHIVES: '' };
  return run(process.execPath, ['--import', 'tsx', task, ...args], { env });
}

test('a dry run packs and checks the packages, says what would be published, and publishes nothing', {
  // Three packages are built, on a machine that is busy with other tests.
  timeout: 300_000,
}, async () => {
  const { exitCode, output } = await release('--dry-run');
  expect(exitCode, output).toBe(0);
  const told = [
    ...output.matchAll(/^@sallyport\/(\w+) \d+\.\d+\.\d+: ([\d.]+) kB packed, [\d.]+ kB unpacked, \d+ files$/gm),
  ];
  expect(told.map(([, name]) => name)).toEqual(['client', 'react', 'testkit']);
  for (const [, name, size] of told) expect(Number(size), name).toBeGreaterThan(1);
  for (const [, name] of told) expect(output).toMatch(new RegExp(`Checking @sallyport/${name} \\S+ … done`));
  expect(output).toContain('Nothing was published.');
  expect(asked).toEqual([]);
});

test('without a licence nothing is published, and it says so', async () => {
  const { exitCode, output } = await release();
  expect([exitCode, output]).toEqual([1, expect.stringContaining("a licence, which is the owner's to choose")]);
  expect(asked).toEqual([]);
}, 60_000);

test('an option that it does not know is refused before anything is built', async () => {
  expect(await release('--publish')).toEqual({
    exitCode: 1,
    output: 'Use it like this: pnpm release [--dry-run]\n',
  });
}, 60_000);
