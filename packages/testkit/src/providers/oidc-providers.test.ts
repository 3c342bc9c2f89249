import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTRA_TENANT_A, type OidcProviders, startOidcProviders } from './index.ts';

let providers: OidcProviders;
beforeAll(async () => {
  providers = await startOidcProviders();
});
afterAll(() => providers.stop());

/** Asks from another process, as the service under test does. */
async function ask(url: string, environment: Record<string, string>): Promise<string> {
  const script = `
    import dns from 'node:dns';
    import https from 'node:https';
    const lookup = (...parameters) => dns.lookup(...parameters);
    https.get(process.argv[1], { agent: new https.Agent(), lookup }, async (answer) => {
      for await (const chunk of answer) process.stdout.write(chunk);
    });`;
  const environmentOfChild = { ...process.env, ...environment };
  const node = [...['--input-type=module', '-e', script], url];
  return (await promisify(execFile)(process.execPath, node, { env: environmentOfChild })).stdout;
}

test('another process finds the providers under the names of the real ones', async () => {
  const issuer = `https://login.microsoftonline.com/${ENTRA_TENANT_A}/v2.0`;
  const document = JSON.parse(await ask(`${issuer}/.well-known/openid-configuration`, providers.environment));
  expect(document).toMatchObject({ issuer, jwks_uri: `${issuer}/jwks` });
  // As the real one is.
  expect(document).not.toHaveProperty('authorization_response_iss_parameter_supported');
}, 20_000);

test('Chromium is told where they are', () => {
  const { port } = providers.hostMap;
  expect(providers.chromiumArguments[0]).toContain(`MAP accounts.google.com:443 127.0.0.1:${port}`);
});
