import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
 * What runs on the embedded database even where PostgreSQL answers (docs/decisions/0002): what deals with databases
 * itself, and of each feature the tests of the file that has its name.
 */
const ON_BOTH = [
  'src/{chores,upgrades}.db.test.ts',
  'src/cli/**/*.db.test.ts',
  'src/platform/**/*.db.test.ts',
  'src/features/audit/*.db.test.ts',
  ...namesakes('src/features'),
];

/** The tests in a folder that are called as their own folder is. */
function namesakes(folder: string): string[] {
  const tests = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return tests
    .filter((file) => basename(file) === `${basename(dirname(file))}.db.test.ts`)
    .map((file) => join(folder, file));
}

/**
 * The test projects of the API. What needs a database is named `*.db.test.ts`; every other test runs once (`api-unit`).
 * The former run on PostgreSQL where that answers (`api-postgres`), for there races are real, and some of them on the
 * embedded database too (`api-embedded`), which takes all where none does. SALLYPORT_TEST_DATABASES is `one` for
 * PostgreSQL alone, and `both` for all on each.
 */
export async function apiProjects(): Promise<TestProjectInlineConfiguration[]> {
  const obstacle = await postgresObstacle();
  const databases = process.env.SALLYPORT_TEST_DATABASES;
  const embedded = obstacle === null && databases !== 'both' ? ON_BOTH : onEachDatabase;
  const projects: TestProjectInlineConfiguration[] = [
    // Nothing of them stays behind in the modules that they share, which take longer to load than most of them to run.
    { test: { name: 'api-unit', root, include: ['src/**/*.test.ts'], exclude: onEachDatabase, isolate: false } },
    {
      test: {
        ...onDatabase,
        name: 'api-embedded',
        include: embedded,
        globalSetup: 'src/testing/setup-embedded.ts',
        env: { SALLYPORT_TEST_DATABASE: 'embedded' },
      },
    },
  ];

  if (obstacle !== null) {
    process.stderr.write(`PostgreSQL is not tested: ${obstacle}. Set DATABASE_URL to a server that tests may use.\n`);
    return projects;
  }
  const redis = await redisUrl();
  if (redis === null) process.stderr.write('Redis is not tested: none answers. Set REDIS_URL to one tests may use.\n');
  if (databases === 'one') projects.pop();
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
