import { defineConfig, devices } from '@playwright/test';
import type { SallyportOptions, SallyportTarget } from '@sallyport/testkit';

const { env } = process;

/** A Sallyport that runs, with a partner admin and a place to read its mails; else one that each worker starts. */
function target(): SallyportTarget {
  const { SALLYPORT_URL: url, SALLYPORT_PRODUCT: product = '../product' } = env;
  const testMode = env.SALLYPORT_TEST_MODE === '1';
  if (!url) return { product, testMode };
  if (testMode) return { url, testMode };
  return {
    url,
    admin: {
      email: env.SALLYPORT_ADMIN_EMAIL ?? '',
      password: env.SALLYPORT_ADMIN_PASSWORD ?? '',
      ...(env.SALLYPORT_ADMIN_TOTP ? { totpSecret: env.SALLYPORT_ADMIN_TOTP } : {}),
    },
    ...(env.MAILPIT_URL ? { mail: { mailpit: env.MAILPIT_URL } } : {}),
    ...(env.SALLYPORT_OUTBOX ? { mail: { outbox: env.SALLYPORT_OUTBOX } } : {}),
  };
}

export default defineConfig<object, SallyportOptions>({
  testDir: 'tests',
  fullyParallel: true,
  forbidOnly: Boolean(env.CI),
  retries: env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: env.CI ? [['github'], ['blob']] : 'list',
  use: {
    sallyport: target(),
    // Without the film strip, which costs more than the flow itself.
    trace: { mode: 'retain-on-failure', screenshots: false },
    // A browser of the system in the place of Playwright's own.
    launchOptions: env.BROWSER_PATH ? { executablePath: env.BROWSER_PATH } : {},
  },
  projects: [
    { name: 'chromium', use: devices['Desktop Chrome'] },
    { name: 'firefox', use: devices['Desktop Firefox'] },
    { name: 'webkit', use: devices['Desktop Safari'] },
  ],
});
