import { realpathSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { createServer, type Plugin } from 'vite';
import { lastBuild, watchApi } from './dev/api-builds.ts';
import { ApiProcess, type Outcome } from './dev/api-process.ts';
import { Gate } from './dev/gate.ts';
import { ensureGenerated } from './generate.ts';
import { endWithLaunchers } from './launchers.js';
import { seconds, TaskFailed, task } from './progress.ts';
import { root } from './repository.js';

const served = ['/api', '/docs', '/.well-known', '/healthz', '/readyz', '/metrics'];

/** As the service marks the page that it serves itself: see apps/api/src/http/spa.ts. */
const markedPage: Plugin = {
  name: 'sallyport-test-mode',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'sallyport-test-mode', content: '1' }, injectTo: 'head' }],
};

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createTcpServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });

/**
 * Vite answers on PORT, and hands what is the API's to the process of the API, which takes a new build at each change
 * (decision 0041).
 */
await task(async () => {
  endWithLaunchers();
  await ensureGenerated();
  const port = Number(process.env.PORT ?? 3000);
  const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`;
  const apiPort = await freePort();
  const target = `http://127.0.0.1:${apiPort}`;
  const gate = new Gate();
  // People start it, and want to see address and demo accounts also through the pipes of launchers.
  const LOG_FORMAT = process.env.LOG_FORMAT || 'pretty';
  const api = new ApiProcess(
    {
      ...process.env,
      ...{ HOST: '127.0.0.1', PORT: String(apiPort), PUBLIC_URL: publicUrl, LOG_FORMAT, WEB_CONCURRENCY: '1' },
    },
    ({ fault = null }) => {
      gate.open(fault);
      say(`${fault} The next change starts it again.`);
    },
  );
  api.start(lastBuild());

  const vite = await createServer({
    root: join(root, 'apps/web'),
    plugins: [gate.plugin(served), ...(process.env.SALLYPORT_TEST_MODE === '1' ? [markedPage] : [])],
    server: {
      port,
      strictPort: true,
      proxy: Object.fromEntries(served.map((path) => [path, { target }])),
      // Where several checkouts share the packages of one.
      fs: { allow: [root, realpathSync(join(root, 'node_modules'))] },
    },
  });
  await vite.listen().catch(async (error: Error) => {
    await api.end();
    throw new TaskFailed(error.message);
  });

  let builds = 0;
  let changedAt = 0;
  let serving = false;
  let turn = Promise.resolve();
  /** What became of a build, after that of the one before; where a newer one is under way it does not open the gate. */
  const settle = (outcome: () => Promise<Outcome>): void => {
    const build = builds;
    turn = turn.then(async () => {
      if (build !== builds) return;
      const reloads = serving;
      const { serving: serves, fault } = await outcome();
      serving = serves;
      if (build === builds) gate.open(serves ? null : (fault ?? null));
      if (fault !== undefined)
        say(`${fault}\n${serves ? 'The API is as it was before the change.' : 'The API does not run.'}`);
      else if (reloads) say(`The API has reloaded in ${seconds(performance.now() - changedAt)}.`);
    });
  };
  const stopWatching = await watchApi({
    onStart: () => {
      builds += 1;
      changedAt = performance.now();
      gate.shut();
    },
    onBuilt: (file) => settle(() => api.take(file)),
    onBroken: (fault) => settle(async () => ({ serving, fault })),
  });

  const stop = async (): Promise<void> => {
    await Promise.all([stopWatching(), vite.close(), api.end()]);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
});
