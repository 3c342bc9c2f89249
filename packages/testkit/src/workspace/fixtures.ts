import { accepted } from '../api.ts';
import { apiOf } from '../api-of-context.ts';
import { test as base } from '../fixtures.ts';
import { useStarted } from '../running.ts';
import type { Seed } from '../seed.ts';
import { Sallyport, type StartOptions } from '../server.ts';
import { product } from './product.ts';
import { readTemplate, type Template } from './template.ts';

interface WorkerFixtures {
  /** What `@sallyport/testkit/global-setup` made, which Playwright's configuration has to name. */
  template: Template;
  seed: Seed;
  /** Refresh tokens of users without a password; each test takes one away. */
  ssoSessions: Map<string, string>;
}

interface TestFixtures {
  /** Another server for this test alone, with an empty data folder; not started yet. */
  newSallyport: (options?: Omit<StartOptions, 'product'>) => Sallyport;
  /** Signs a user without a password in, as an identity provider would, in the browser of `page`. */
  signInThroughSso: () => Promise<void>;
}

/** The kit's `test`, with one server of this checkout per worker, each with a copy of the template's database. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  template: [async ({}, use) => use(readTemplate(process.env.SALLYPORT_TEMPLATE ?? '')), { scope: 'worker' }],
  seed: [async ({ template }, use) => use(template.seed), { scope: 'worker' }],
  ssoSessions: [async ({ template }, use) => use(new Map(Object.entries(template.ssoSessions))), { scope: 'worker' }],

  server: [
    async ({ template: { dataDir, seed } }, use) =>
      useStarted(new Sallyport({ product, copyOf: dataDir }), seed.partnerAdmin, use),
    { scope: 'worker', timeout: 180_000 },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  newSallyport: async ({}, use) => {
    const made: Sallyport[] = [];
    await use((options) => {
      const sallyport = new Sallyport({ product, ...options });
      made.push(sallyport);
      return sallyport;
    });
    await Promise.all(made.map((sallyport) => sallyport.dispose()));
  },

  signInThroughSso: async ({ page, ssoSessions, server: _started }, use) => {
    await use(async () => {
      const [email, value] = [...ssoSessions][0] ?? [];
      if (email === undefined || value === undefined) throw new Error('Every user without a password is taken.');
      ssoSessions.delete(email);
      await page
        .context()
        .addCookies([{ name: 'sallyport_refresh', value, domain: 'localhost', path: '/api/v1/auth', httpOnly: true }]);
      accepted(await apiOf(page.request).POST('/api/v1/auth/refresh'));
    });
  },
});
