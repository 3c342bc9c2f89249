import { existsSync } from 'node:fs';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { announced, TaskFailed } from '../progress.ts';
import { run } from '../run.ts';

const advice = `The browser flows need Chromium, and there is none here.
Install it with the system's package manager (Debian: apt-get install chromium), or run
  npx playwright install chromium
and start the tests again.`;

const aptGet = '/usr/bin/apt-get';

/**
 * Chromium from the system or from Playwright's cache; on Debian, root gets the system's package.
 *
 * @throws TaskFailed with what to do where there is no browser and none can be installed
 */
export async function ensureBrowser(): Promise<void> {
  if (chromiumExecutable() !== undefined) return;
  if (process.getuid?.() !== 0 || !existsSync(aptGet)) throw new TaskFailed(advice);
  const install = ['install', '--yes', '--no-install-recommends'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await announced('Installing Chromium', async () => {
    await run(aptGet, ['update'], { env });
    const { exitCode, output } = await run(aptGet, [...install, 'chromium'], { env });
    if (exitCode !== 0 || chromiumExecutable() === undefined) throw new TaskFailed(`${output}\n${advice}`);
    // The virtual authenticator prefers another hand's TOTP to our own, and does without.
    await run(aptGet, [...install, 'oathtool'], { env });
  });
}
