import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestKeyPair, testKeyPair } from './keys.ts';
import { samlWebRoot } from './obstacle.ts';
import {
  type KnownServiceProvider,
  type SamlProviderUser,
  writeServiceProviders,
  writeSettings,
  writeUsers,
} from './settings.ts';
import { type SamlAnswer, signInAt } from './sign-in.ts';

export interface SamlProvider {
  readonly entityId: string;
  readonly metadataUrl: string;
  /** With what it signs: for answers that are changed and signed again. */
  readonly keys: { readonly first: TestKeyPair; readonly second: TestKeyPair };
  /** Adds a service provider, or changes how it is treated. */
  know(serviceProvider: KnownServiceProvider): void;
  /** Adds an account, or changes it. */
  addUser(name: string, user: SamlProviderUser): void;
  metadata(): Promise<string>;
  /** What the browser would post to the ACS, after `user` signed in at the address of our AuthnRequest. */
  signIn(url: URL, user: string): Promise<SamlAnswer>;
  /** The same, for a sign-in that begins at the provider. */
  signInUnasked(serviceProviderEntityId: string, user: string, relayState?: string): Promise<SamlAnswer>;
  log(): string;
  stop(): void;
}

export const samlUsers = {
  alice: {
    password: 'alice-at-the-provider',
    attributes: {
      uid: ['alice'],
      mail: ['alice@acme.example'],
      displayName: ['Alice Example'],
      objectId: ['9c1f7c9e-2d0b-4b0e-9a53-1f0b8d0f2a11'],
    },
  },
  bob: {
    password: 'bob-at-the-provider',
    attributes: { uid: ['bob'], mail: ['bob@acme.example'], displayName: ['Bob Example'], objectId: ['bob-object-id'] },
  },
} as const satisfies Record<string, SamlProviderUser>;

/**
 * Starts a SimpleSAMLphp of its own on a free port; see `samlProviderObstacle` for where that is possible.
 *
 * @param host `localhost` where the service is at 127.0.0.1, so that a browser sees two sites
 */
export async function startSamlProvider({ host = '127.0.0.1' } = {}): Promise<SamlProvider> {
  const users: Record<string, SamlProviderUser> = { ...samlUsers };
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-saml-'));
  const origin = `http://${host}:${await freePort()}`;
  const entityId = 'https://idp.acme.example/metadata';
  const [first, second] = await Promise.all([testKeyPair('provider-first'), testKeyPair('provider-second')]);
  const keys = { first, second };
  writeSettings({ folder, origin, entityId, keys, users });

  const webRoot = samlWebRoot();
  if (webRoot === undefined) throw new Error('SimpleSAMLphp is not here.');
  const server = spawn('php', ['-S', new URL(origin).host, '-t', webRoot], {
    env: { PATH: process.env.PATH, SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config'), PHP_CLI_SERVER_WORKERS: '2' },
    stdio: 'ignore',
    // A group of its own, with its workers.
    detached: true,
  });
  const kill = () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL');
  };
  process.once('exit', kill);

  const metadataUrl = `${origin}/saml2/idp/metadata.php`;
  const known = new Map<string, KnownServiceProvider>();
  const as = (user: string) => ({ user, password: users[user]?.password ?? '' });
  await answers(metadataUrl);
  return {
    entityId,
    metadataUrl,
    keys,
    know(serviceProvider) {
      known.set(serviceProvider.entityId, serviceProvider);
      writeServiceProviders(folder, [...known.values()]);
    },
    addUser(name, user) {
      users[name] = user;
      writeUsers(folder, users);
    },
    metadata: async () => (await fetch(metadataUrl)).text(),
    signIn: (url, user) => signInAt(url, as(user)),
    signInUnasked(serviceProviderEntityId, user, relayState) {
      const url = new URL(`${origin}/saml2/idp/SSOService.php`);
      url.searchParams.set('spentityid', serviceProviderEntityId);
      if (relayState !== undefined) url.searchParams.set('RelayState', relayState);
      return signInAt(url, as(user));
    },
    log: () => readFileSync(join(folder, 'log/simplesamlphp.log'), 'utf8'),
    stop() {
      process.off('exit', kill);
      kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Waits until the server serves; a local process, so the wait is short. */
async function answers(url: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`SimpleSAMLphp does not answer: ${await response?.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
