import { relative, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The folder whose tests judge its mutations; `pnpm test mutation` sets it. */
const folder = process.env.MUTATED_FOLDER;
if (folder === undefined) throw new Error('MUTATED_FOLDER is not set. Run pnpm test mutation.');

/** A test that waits for a busy machine says nothing of the change it judges. */
const PATIENCE_MS = 120_000;

/**
 * The tests that judge a mutation (docs/decisions/0016): those of its own folder, without those on PostgreSQL, which
 * repeat what others do. What changes when a module loads is judged by every test that there is here.
 */
const projects = (config.test?.projects ?? []).flatMap((project) => {
  if (typeof project !== 'object' || !('test' in project) || project.test?.root === undefined) return [];
  const { name, root, include = [] } = project.test;
  const within = relative(resolve(import.meta.dirname, root), resolve(import.meta.dirname, folder));
  if (name === 'api-postgres' || within.startsWith('..')) return [];
  const included = include.map((glob) => glob.replace('src', within));
  return [
    { ...project, test: { ...project.test, include: included, testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS } },
  ];
});

export default defineConfig({ test: { ...config.test, projects } });
