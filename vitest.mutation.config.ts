import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The tests that judge a mutation (docs/decisions/0016): without those on PostgreSQL, which repeat what others do. */
const projects = (config.test?.projects ?? []).filter(
  (project) => !(typeof project === 'object' && 'test' in project && project.test?.name === 'api-postgres'),
);

export default defineConfig({ test: { ...config.test, projects } });
