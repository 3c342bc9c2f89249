import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumExecutable } from '@sallyport/testkit/browser';

const executablePath = chromiumExecutable();

export default defineConfig({
  testDir: '.',
  globalSetup: fileURLToPath(import.meta.resolve('@sallyport/testkit/global-setup')),
  outputDir: 'test-results/playwright',
  fullyParallel: true,
  // Each worker runs a browser and a whole Sallyport with its own database.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    // Dialogs stand where they are at once: a click on one that is still moving may hit nothing.
    contextOptions: { reducedMotion: 'reduce' },
    browserName: 'chromium',
    launchOptions: executablePath === undefined ? {} : { executablePath },
    permissions: ['clipboard-read', 'clipboard-write'],
    // Without the film strip, which costs more than the flow itself.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
});
