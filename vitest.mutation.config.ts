import { relative, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Whose tests judge the mutations, with commas between; `pnpm test mutation` sets it. */
const folders = process.env.JUDGING_FOLDERS?.split(',');
if (folders === undefined) throw new Error('JUDGING_FOLDERS is not set. Run pnpm test mutation.');

/** A test that waits for a busy machine says nothing of the change it judges. */
const PATIENCE_MS = 60_000;

const all = (config.test?.projects ?? []).flatMap((project) =>
  typeof project === 'object' && 'test' in project && project.test?.root !== undefined ? [project] : [],
);
/** On PostgreSQL where it answers: there races are real, and a test begins sooner. */
const notOn = all.some(({ test }) => test?.name === 'api-postgres') ? 'api-embedded' : 'api-postgres';

/**
 * The tests that judge a mutation (docs/decisions/0016): those of a few folders, on one database. What changes when a
 * module loads is judged by every test that there is here.
 */
const projects = all.flatMap((project) => {
  const { name, root = '', include = [] } = project.test ?? {};
  const within = folders
    .map((folder) => relative(resolve(import.meta.dirname, root), resolve(import.meta.dirname, folder)))
    .filter((path) => !path.startsWith('..'));
  if (name === notOn || within.length === 0) return [];
  const included = include.flatMap((glob) => within.map((path) => glob.replace('src', path)));
  // Without the setup that judges the plans of statements: no mutation is to be noticed by these alone.
  const judged = { include: included, setupFiles: [], testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS };
  return [{ ...project, test: { ...project.test, ...judged } }];
});

export default defineConfig({ test: { ...config.test, projects } });
