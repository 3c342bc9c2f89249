import type { TestProject } from 'vitest/node';
import { dropTestDatabases, postgresTemplate } from './postgres.ts';

/** Vitest's global setup of `api-postgres`; what it returns is the teardown. */
export const setup = async ({ config }: TestProject): Promise<() => Promise<void>> => {
  await postgresTemplate();
  return () => dropTestDatabases(config.env.SALLYPORT_TEST_RUN ?? '');
};
