import { expect, test } from 'vitest';
import { type Server, useServer } from './running.ts';

test('a target that is not set, or lacks something, says what to set', async () => {
  await expect(useServer(undefined, async () => {})).rejects.toThrow(/use: \{ sallyport: \{ url: .*\{ product: /s);
  const product = '/nowhere';
  await expect(useServer({ product }, async () => {})).rejects.toThrow(
    'The product is not built, there is no /nowhere/apps/api/dist/cli.js',
  );

  const url = 'https://login.staging.example';
  const seen: Server[] = [];
  await useServer({ url }, async (server) => void seen.push(server));
  expect(seen[0]?.url).toBe(url);
  expect(() => seen[0]?.admin).toThrow(`${url}: set \`use: { sallyport: { url, admin: { email, password } } }\``);
  expect(() => seen[0]?.testMode).toThrow(
    /login\.staging\.example is not known to be in test mode: set .*testMode: true/,
  );
  expect(() => seen[0]?.mailbox).toThrow(/login\.staging\.example: set .*mail: \{ mailpit: .* or \{ outbox: /);
});
