import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { newRun, postgresObstacle, postgresUrl } from './postgres-server.ts';
import { redisUrl } from './redis.ts';

const root = join(import.meta.dirname, '../..');

/**
 * The test projects of the API. A test that imports from `src/testing/`, its providers apart, uses a database, and runs
 * once on each there is (`api-embedded`, `api-postgres`); every other test runs once (`api-unit`).
 */
export async function apiProjects(): Promise<TestProjectInlineConfiguration[]> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `src/${file}`);
  const usesDatabase = (file: string): boolean =>
    /from '.*\/testing\/(?!providers\/)/.test(readFileSync(join(root, file), 'utf8'));
  const onEachDatabase = files.filter(usesDatabase);

  const projects: TestProjectInlineConfiguration[] = [
    { test: { name: 'api-unit', root, include: ['src/**/*.test.ts'], exclude: onEachDatabase } },
    {
      test: {
        ...onDatabase(onEachDatabase),
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
  projects.push({
    test: {
      ...onDatabase(onEachDatabase),
      name: 'api-postgres',
      globalSetup: 'src/testing/setup-postgres.ts',
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

/**
 * Test files share the modules of their worker, and with them the databases that earlier files have closed. Opening one
 * takes seconds where other tests keep the processors busy.
 */
const onDatabase = (include: string[]) => ({
  root,
  include,
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 60_000,
});
