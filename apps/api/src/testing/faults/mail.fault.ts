import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { freePort } from '@sallyport/testkit/server';
import { expect, onTestFinished, test } from 'vitest';
import { TestSmtpServer } from '../smtp-server.ts';
import { Installation } from './installation.ts';
import { patience, say } from './said.ts';

/** A mail that was not taken is tried again after a minute, which the worker sees at its next look. */
const RETRY_MS = 120_000;
const PATIENCE_MS = 3000;

/** Takes connections and says nothing. */
async function muteServer(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    connections: sockets,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function begun(port: number): Promise<Installation> {
  const installation = new Installation({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  return installation;
}

/** Asks for a way back in for everybody. @returns how long the slowest answer took */
async function askAll(installation: Installation): Promise<number> {
  let slowest = 0;
  for (const { email } of installation.members) {
    const began = performance.now();
    expect((await installation.browser().post('/auth/password-reset', { email })).status).toBe(202);
    slowest = Math.max(slowest, performance.now() - began);
  }
  return Math.round(slowest);
}

async function signInMs(installation: Installation): Promise<number> {
  const began = performance.now();
  await installation.signedIn(installation.admin);
  return performance.now() - began;
}

test('the mail relay is dead, and another says nothing: mail waits, and comes once', async (context) => {
  const [deadPort, mutePort] = [await freePort(), await freePort()];
  const mute = await muteServer(mutePort);
  onTestFinished(() => mute.stop().catch(() => undefined));
  const [withDead, withMute] = [await begun(deadPort), await begun(mutePort)];
  const usual = await signInMs(withDead);
  const slowest = [await askAll(withDead), await askAll(withMute)];
  // An answer costs less than a sign-in, which hashes and sends no mail.
  expect(Math.max(...slowest)).toBeLessThan(patience(usual, PATIENCE_MS));
  await expect.poll(() => mute.connections.size, { timeout: 20_000 }).toBeGreaterThan(0);
  // Signing in does not wait for mail.
  for (const installation of [withDead, withMute]) await installation.signedIn(installation.admin);

  await mute.stop();
  for (const [port, installation] of [
    [deadPort, withDead],
    [mutePort, withMute],
  ] as const) {
    const relay = await TestSmtpServer.start(port);
    onTestFinished(() => relay.stop());
    const resets = () => relay.received.filter(({ mail }) => /password/i.test(mail.subject ?? ''));
    const expected = installation.members.map(({ email }) => email).sort();
    await expect.poll(() => resets().length, { timeout: RETRY_MS, interval: 500 }).toBe(expected.length);
    expect(
      resets()
        .flatMap(({ recipients }) => recipients)
        .sort(),
    ).toEqual(expected);
  }
  say(context, `answers in ${slowest.join(' and ')} ms at most, every mail once when the relay was back`);
});
