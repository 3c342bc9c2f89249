import { expect, test } from 'vitest';
import { summaryOf } from './traced-adapter.ts';

test.each([
  ['SELECT "public"."users"."id" FROM "public"."users" WHERE "id" = $1', 'SELECT users'],
  ['\n  WITH spent AS (UPDATE backup_codes SET used_at = $1 RETURNING id) SELECT 1 FROM spent', 'WITH backup_codes'],
  ['INSERT INTO audit_events (id) VALUES ($1)', 'INSERT audit_events'],
  [
    'SELECT r.level FROM jsonb_to_recordset($1::jsonb) AS r, LATERAL (SELECT 1 FROM audit_leaves) l',
    'SELECT audit_leaves',
  ],
  ['SELECT 1', 'SELECT'],
  ['COMMIT', 'COMMIT'],
  ['', 'STATEMENT'],
])('a statement is named by what it does, to which table first: %s', (sql, name) => {
  expect(summaryOf(sql)).toBe(name);
});
