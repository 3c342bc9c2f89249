import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@sallyport/testkit/server';
import { build } from 'vite';

/** What a server is told; all it knows besides is PATH and HOME. */
export interface PeerTask {
  databaseUrl: string;
  people: number;
  port: number;
}

interface PeerProcess {
  pid: number;
  url: string;
  stop(): Promise<void>;
}

const names = ['better-auth', 'least'] as const;
/** Where their packages are found, and where nothing is kept. */
const outDir = join(import.meta.dirname, '../../node_modules/.cache/peers');

/** Makes JavaScript of the servers, as the product is made of it: what translates at run time would count for them. */
async function buildPeers(): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    ssr: { noExternal: [/^@sallyport\//] },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(import.meta.dirname, `${name}.server.ts`)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

let built: Promise<void> | undefined;

/** Starts one of the servers of this folder, and waits until it is ready. */
export async function startPeer(
  name: (typeof names)[number],
  task: Omit<PeerTask, 'port'>,
  env: NodeJS.ProcessEnv = {},
): Promise<PeerProcess> {
  const { PATH, HOME } = process.env;
  const port = await freePort();
  built ??= buildPeers();
  await built;
  const child = fork(join(outDir, `${name}.js`), [JSON.stringify({ ...task, port })], {
    execArgv: [],
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${name} did not start.`);
  });
  await Promise.race([once(child, 'message'), failed]);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} has no process.`);
  return {
    pid,
    url: `http://localhost:${port}`,
    stop: async () => {
      failed.catch(() => undefined);
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** In the server: what it was told. */
export const readTask = (): PeerTask => JSON.parse(process.argv[2] ?? '') as PeerTask;

/** In the server: tells that it is ready. */
export const sayReady = (): void => {
  process.send?.('ready');
};
