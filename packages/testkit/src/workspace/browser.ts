import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { onPath } from './on-path.ts';

/** Where `pnpm test` puts one when there is no other and it may install nothing on the system. */
const fetched = fileURLToPath(new URL('../../../../.cache/chromium/chromium', import.meta.url));

/** It draws no windows, and needs a third less of the processors for the same flows. */
const shell = 'chromium-headless-shell';
const wholeOnes = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * What `BROWSER_PATH` names, else Chromium of the system, else the one in Playwright's cache; undefined where there is
 * none.
 *
 * @param options.whole one that can draw windows too: ChromeDriver waits for ever for one that cannot
 */
export function chromiumExecutable({ whole = false } = {}): string | undefined {
  if (process.env.BROWSER_PATH) return process.env.BROWSER_PATH;
  const system = [...(whole ? [] : [shell]), ...wholeOnes].map(onPath);
  return [...system, chromium.executablePath(), fetched].find((path) => path !== undefined && existsSync(path));
}

/** ChromeDriver of the system, which drives a Chromium of its own major version alone; undefined where none fits. */
export function chromedriverExecutable(): string | undefined {
  const [driver, browser] = [onPath('chromedriver'), chromiumExecutable({ whole: true })];
  if (driver === undefined || browser === undefined) return undefined;
  const majorOf = (program: string) =>
    /(\d+)\./.exec(
      execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )?.[1];
  return majorOf(driver) === majorOf(browser) ? driver : undefined;
}
