import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestApp } from '../testing/app.ts';

/** The limits are a second each, and other tests may keep the processors busy. */
vi.setConfig({ testTimeout: 30_000 });

const TRICKLE_MS = 100;

let service: TestApp;
let port: number;
beforeAll(async () => {
  service = await TestApp.start({ REQUEST_TIMEOUT_SECONDS: '1', KEEP_ALIVE_SECONDS: '1' });
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = service.app.server.address() as AddressInfo);
});
afterAll(() => service.stop());

const request = (...lines: string[]): string =>
  ['POST /api/v1/auth/login HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines].join('\r\n');

/** Sends `first`, then one byte of `rest` after another for as long as it is let; all that came back. */
async function answerTo(first: string, rest = ''): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString();
  });
  // Writing to a connection that was ended is an error, and no fault here.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(first);
  const bytes = rest[Symbol.iterator]();
  const trickle = setInterval(() => socket.write(bytes.next().value ?? ''), TRICKLE_MS);
  await once(socket, 'close');
  clearInterval(trickle);
  return answer;
}

const forEver = 'x'.repeat(10_000);

describe('SEC-56: a connection ends', () => {
  test.each([
    ['that says nothing', '', ''],
    ['whose headers trickle', request('X-Slow: '), forEver],
    ['whose body trickles', request(`Content-Length: ${forEver.length}`, '', ''), forEver],
    ['whose body never begins', request('Content-Length: 10', '', ''), ''],
  ])('%s', async (_name, first, rest) => {
    const answer = await answerTo(first, rest);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(problemOf(answer)).toMatchObject({ code: 'request_timeout', status: 408, requestId: expect.any(String) });
  });

  test('that idles after its answer', async () => {
    const answer = await answerTo(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('what is no request is answered as a problem', () => {
  test('no HTTP', async () => {
    const answer = await answerTo('hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemOf(answer)).toMatchObject({ code: 'invalid_request', status: 400 });
  });

  test('headers without end', async () => {
    const answer = await answerTo(request(`X-Long: ${'x'.repeat(100_000)}`, '', ''));
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(problemOf(answer)).toMatchObject({ code: 'headers_too_large', status: 431 });
  });
});

function problemOf(answer: string): unknown {
  expect(answer).toContain('application/problem+json');
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}
