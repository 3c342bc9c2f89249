import { existsSync } from 'node:fs';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { announced, TaskFailed } from '../progress.ts';
import { run } from '../run.ts';
import { fitsPackagedChromium, installPackagedChromium } from './packaged-chromium.ts';

const advice = `The browser flows need Chromium, and none can be had here by itself.
Install it with the system's package manager, or run
  npx playwright install chromium
and start the tests again.`;

const aptGet = '/usr/bin/apt-get';

/**
 * Chromium from the system or from Playwright's cache. Where there is none, root on Debian gets the system's package,
 * with the driver that WebdriverIO needs, and everybody else one from the npm registry: nothing is downloaded from
 * anywhere else.
 *
 * @throws TaskFailed with what to do where there is no browser and none can be installed
 */
export async function ensureBrowser(): Promise<void> {
  if (chromiumExecutable() !== undefined) return;
  if (process.getuid?.() === 0 && existsSync(aptGet)) await announced('Installing Chromium', installWithApt);
  if (chromiumExecutable() === undefined && fitsPackagedChromium()) {
    await announced('Fetching Chromium from the npm registry', installPackagedChromium);
  }
  if (chromiumExecutable() === undefined) throw new TaskFailed(advice);
}

async function installWithApt(): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(aptGet, ['update'], { env });
  const install = ['install', '--yes', '--no-install-recommends'];
  await run(aptGet, [...install, 'chromium', 'chromium-driver'], { env });
  // Debian of before 2025 has the browser with windows only.
  await run(aptGet, [...install, 'chromium-headless-shell'], { env });
}
