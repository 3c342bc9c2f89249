import { join } from 'node:path';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { newRun, postgresObstacle, postgresUrl } from './postgres-server.ts';
import { redisUrl } from './redis.ts';

const root = join(import.meta.dirname, '../..');
const onEachDatabase = ['src/**/*.db.test.ts'];

/**
 * Test files share the modules of their worker, and with them the databases that earlier files have closed. Opening one
 * takes seconds where other tests keep the processors busy.
 */
const onDatabase = {
  root,
  include: onEachDatabase,
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

/**
 * The test projects of the API. What needs a database is named `*.db.test.ts` and runs once on each there is
 * (`api-embedded`, `api-postgres`); every other test runs once (`api-unit`). With SALLYPORT_TEST_DATABASES=one it is
 * PostgreSQL where that answers: there races are real, and a test begins sooner.
 */
export async function apiProjects(): Promise<TestProjectInlineConfiguration[]> {
  const projects: TestProjectInlineConfiguration[] = [
    // Nothing of them stays behind in the modules that they share, which take longer to load than most of them to run.
    { test: { name: 'api-unit', root, include: ['src/**/*.test.ts'], exclude: onEachDatabase, isolate: false } },
    {
      test: {
        ...onDatabase,
        name: 'api-embedded',
        globalSetup: 'src/testing/setup-embedded.ts',
        env: { SALLYPORT_TEST_DATABASE: 'embedded' },
      },
    },
  ];

  const obstacle = await postgresObstacle();
  if (obstacle !== null) {
    process.stderr.write(`PostgreSQL is not tested: ${obstacle}. Set DATABASE_URL to a server that tests may use.\n`);
    return projects;
  }
  const redis = await redisUrl();
  if (redis === null) process.stderr.write('Redis is not tested: none answers. Set REDIS_URL to one tests may use.\n');
  if (process.env.SALLYPORT_TEST_DATABASES === 'one') projects.pop();
  projects.push({
    test: {
      ...onDatabase,
      name: 'api-postgres',
      globalSetup: 'src/testing/setup-postgres.ts',
      setupFiles: 'src/testing/setup-plans.ts',
      env: {
        SALLYPORT_TEST_DATABASE: 'postgres',
        SALLYPORT_TEST_RUN: newRun(),
        DATABASE_URL: postgresUrl(),
        ...(redis === null ? {} : { REDIS_URL: redis }),
      },
    },
  });
  return projects;
}
