import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Installation } from './installation.ts';
import { patience, say } from './said.ts';

const CLIENTS = 300;
const TRICKLE_MS = 500;
const LIMIT_SECONDS = 3;
/** Headers have the same limit, Node looks every second; the rest is for a machine that is busy. */
const ENDED_MS = (LIMIT_SECONDS + 27) * 1000;
const PATIENCE_MS = 2000;

const heads = [
  '',
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n',
];

test('SEC-56: many clients that trickle', async (context) => {
  const installation = new Installation({ REQUEST_TIMEOUT_SECONDS: String(LIMIT_SECONDS) });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  const browser = await installation.signedIn(installation.admin);
  /** How long a read takes. */
  const read = async (): Promise<number> => {
    const began = performance.now();
    expect((await browser.get('/me')).status).toBe(200);
    return performance.now() - began;
  };
  await read();
  const usual = Math.max(await read(), await read(), await read());
  const { hostname, port } = new URL(installation.server.url);

  const sockets = new Set<Socket>();
  const ends: Promise<unknown>[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.resume();
    ends.push(once(socket, 'close'));
    sockets.add(socket);
    socket.once('connect', () => socket.write(heads[client % heads.length] ?? ''));
  }
  const trickle = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, TRICKLE_MS);
  onTestFinished(() => {
    clearInterval(trickle);
    for (const socket of sockets) socket.destroy();
  });

  let isOver = false;
  let slowest = 0;
  const reading = (async () => {
    while (!isOver) slowest = Math.max(slowest, await read());
  })();
  const began = performance.now();
  const late = new Promise((_, reject) =>
    setTimeout(reject, ENDED_MS, new Error('Slow clients were not ended.')).unref(),
  );
  await Promise.race([Promise.all(ends), late]);
  const ended = performance.now() - began;
  isOver = true;
  await reading;
  expect(slowest).toBeLessThan(patience(usual, PATIENCE_MS));
  const words = `${CLIENTS} clients ended within ${Math.round(ended)} ms`;
  say(context, `${words}, GET /me took ${Math.round(usual)} ms before and ${Math.round(slowest)} ms at most meanwhile`);
});
