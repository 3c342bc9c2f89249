import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@sallyport/testkit/server';

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

/**
 * Starts a server of this folder, and waits until it is ready.
 *
 * @param file its name here
 */
export async function startPeer(
  file: string,
  task: Omit<PeerTask, 'port'>,
  env: NodeJS.ProcessEnv = {},
): Promise<PeerProcess> {
  const { PATH, HOME } = process.env;
  const port = await freePort();
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify({ ...task, port })], {
    execArgv: ['--import', 'tsx'],
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${file} did not start.`);
  });
  await Promise.race([once(child, 'message'), failed]);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} has no process.`);
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
