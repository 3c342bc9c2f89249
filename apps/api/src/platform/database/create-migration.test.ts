import { expect, test } from 'vitest';
import { pendingDifference } from './create-migration.ts';
import { readMigrations } from './migrations.ts';

test('the migrations lead to prisma/schema.prisma, and `pnpm generate --migration` would add what they lack', async () => {
  const history = await readMigrations();
  expect(await pendingDifference(history)).toBeNull();
  expect(await pendingDifference({ ...history, migrations: [] })).toContain('CREATE TABLE "users"');
}, 300_000);
