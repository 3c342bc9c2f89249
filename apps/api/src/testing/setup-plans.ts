import { afterAll, expect } from 'vitest';
import { allowance } from './plan-allowances.ts';
import { judgePlans } from './plans.ts';
import { databaseUrl, postgresTestDatabase } from './postgres.ts';
import { takeStatements, watchStatements } from './statements.ts';

/*
 * Vitest's setup of each file of `api-postgres`: every statement that the product sends while it is tested has to be one
 * that PostgreSQL can answer by an index, so that it takes as long with ten million rows as with ten.
 */
watchStatements();
afterAll(async () => {
  const statements = takeStatements();
  if (statements.length === 0) return;
  // The global teardown drops it.
  const database = await postgresTestDatabase();
  await database.close();
  const judged = await judgePlans({ connectionString: databaseUrl(database) }, statements);
  const unexpected = judged
    .map(({ sql, faults }) => ({ sql, faults: faults.filter((fault) => allowance(sql, fault) === null) }))
    .filter(({ faults }) => faults.length > 0);
  expect(unexpected, 'statements that read what they do not return').toEqual([]);
}, 120_000);
