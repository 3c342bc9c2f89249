import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { onPath } from './on-path.ts';

/** Chromium of the system, else the one in Playwright's cache; undefined where there is neither. */
export function chromiumExecutable(): string | undefined {
  const system = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath);
  return [...system, chromium.executablePath()].find((path) => path !== undefined && existsSync(path));
}
