import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { onPath } from './on-path.ts';

/** Where `pnpm test` puts one when there is no other and it may install nothing on the system. */
const fetched = fileURLToPath(new URL('../../../../.cache/chromium/chromium', import.meta.url));

/** The first needs a third less of the processors for the same flows: it draws no windows. */
const programs = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * What `BROWSER_PATH` names, else Chromium of the system, else the one in Playwright's cache; undefined where there is
 * none.
 */
export function chromiumExecutable(): string | undefined {
  if (process.env.BROWSER_PATH) return process.env.BROWSER_PATH;
  const found = [...programs.map(onPath), chromium.executablePath(), fetched];
  return found.find((path) => path !== undefined && existsSync(path));
}

/** ChromeDriver of the system, which drives a Chromium of its own major version alone; undefined where none fits. */
export function chromedriverExecutable(): string | undefined {
  const [driver, browser] = [onPath('chromedriver'), chromiumExecutable()];
  if (driver === undefined || browser === undefined) return undefined;
  const majorOf = (program: string) =>
    /(\d+)\./.exec(
      execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )?.[1];
  return majorOf(driver) === majorOf(browser) ? driver : undefined;
}
