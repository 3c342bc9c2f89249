import type { TestProject } from 'vitest/node';
import { dropTestDatabases, postgresTemplate } from './postgres.ts';

/** Vitest's global setup of `api-postgres`. Of a default export it takes what is returned for the teardown. */
export default async function setup({ config }: TestProject): Promise<() => Promise<void>> {
  await postgresTemplate();
  return () => dropTestDatabases(config.env.SALLYPORT_TEST_RUN ?? '');
}
