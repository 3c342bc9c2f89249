import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './repository.js';

const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const env = {
  ...process.env,
  ...{ DATABASE_URL: '', REDIS_URL: '', SALLYPORT_ENCRYPTION_KEYS: '', SALLYPORT_DATA_DIR: dataDir, LOG_LEVEL: 'info' },
  ...{ SALLYPORT_DEMO: '1', LOG_FORMAT: '', PORT: '0' },
};

/** `npx pnpm start`, in the moment in which it is ready. */
async function start() {
  const npx = spawn('npx', ['--yes', '--prefer-offline', 'pnpm', 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, as a terminal gives each command.
    detached: true,
  });
  const closed = once(npx.stdout, 'close').then(() => 'ended');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    npx.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('is ready')) resolve();
    });
    npx.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready:\n${said}`)));
  });
  /** Standard output closes when the last of all the processes behind `npx` has ended. */
  return { npx, said, closed };
}

// Each is a start of the real thing, the first one with its build, on a machine that is busy with other tests.
test.each([
  ['SIGTERM', 'npx'],
  ['SIGKILL', 'npx'],
  // As Ctrl-C does. To npx alone it does nothing: npm hands it to a shell that waits on.
  ['SIGINT', 'group'],
] as const)(
  'SEC-52: %s to the %s of `npx pnpm start` ends the server, which drains',
  { timeout: 180_000 },
  async (signal, to) => {
    const { npx, said, closed } = await start();
    const tooLate = AbortSignal.timeout(30_000);
    try {
      // For people, through the pipes of launchers too (contract, section 1).
      expect(said).toMatch(/^ {4}pat@northwind\.example +\S+ +admin/m);
      expect(said).not.toMatch(/^\{/m);
      process.kill(to === 'npx' ? Number(npx.pid) : -Number(npx.pid), signal);
      const late = once(tooLate, 'abort').then(() => 'an orphan stays');
      expect(await Promise.race([closed, late])).toBe('ended');
      // A server that was killed would have left its socket.
      expect(existsSync(join(dataDir, 'control.sock'))).toBe(false);
    } finally {
      try {
        process.kill(-Number(npx.pid), 'SIGKILL');
      } catch {
        // All of them have ended, as they should.
      }
    }
  },
);
