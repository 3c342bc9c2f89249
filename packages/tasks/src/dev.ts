import { spawn } from 'node:child_process';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { createServer, type Plugin } from 'vite';
import { ensureGenerated } from './generate.ts';
import { endWithLaunchers } from './launchers.js';
import { TaskFailed, task } from './progress.ts';
import { root } from './repository.js';
import { commandOf } from './run.ts';

const served = ['/api', '/docs', '/.well-known', '/healthz', '/readyz', '/metrics'];

/** As the service marks the page that it serves itself: see apps/api/src/http/spa.ts. */
const markedPage: Plugin = {
  name: 'sallyport-test-mode',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'sallyport-test-mode', content: '1' }, injectTo: 'head' }],
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createTcpServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });

/**
 * Vite answers on PORT and hands what is the API's to an API that restarts when its sources change, and that prints
 * the URL once it is ready.
 */
await task(async () => {
  endWithLaunchers();
  await ensureGenerated();
  const port = Number(process.env.PORT ?? 3000);
  const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`;
  const apiPort = await freePort();
  const target = `http://127.0.0.1:${apiPort}`;

  const vite = await createServer({
    root: join(root, 'apps/web'),
    plugins: process.env.SALLYPORT_TEST_MODE === '1' ? [markedPage] : [],
    server: { port, strictPort: true, proxy: Object.fromEntries(served.map((path) => [path, { target }])) },
  });
  await vite.listen().catch((error: Error) => {
    throw new TaskFailed(error.message);
  });

  const api = spawn(process.execPath, [commandOf('tsx'), 'watch', '--clear-screen=false', 'apps/api/src/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(apiPort), PUBLIC_URL: publicUrl },
  });

  const stop = (): void => {
    api.kill('SIGTERM');
    void vite.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  api.once('exit', () => void vite.close());
});
