import type { SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PostgresAdapterFactory } from '../platform/database/postgres-adapter.ts';

/** A node of a plan as `EXPLAIN (FORMAT JSON)` shows it. */
interface Node {
  'Node Type': string;
  'Plan Rows': number;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: Node[];
}

/** What a statement would read beyond what it is about, were the tables large. */
interface Judged {
  sql: string;
  /** A line each; none for one that is in order. */
  faults: string[];
}

/** Tables of a few rows, however many users there are. */
const SMALL = new Set([
  'signing_keys',
  'encryption_key_checks',
  'audit_chain',
  'audit_head',
  'audit_keys',
  'dropped_events',
  '_prisma_migrations',
]);

/**
 * Lets the planner take every table for one of ten million rows: each gets one row of any values, so that it has a page,
 * and the catalogue says how many there are on it.
 */
const AS_IF_LARGE = `
  DO $$
  DECLARE
    checked record;
    relation record;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR checked IN SELECT conname, conrelid::regclass AS name FROM pg_constraint
      WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', checked.name, checked.conname);
    END LOOP;
    FOR relation IN
      SELECT attrelid::regclass AS name, string_agg(quote_ident(attname), ', ') AS columns,
        string_agg(CASE
          WHEN typtype = 'e' THEN format('(enum_range(NULL::%s))[1]', atttypid::regtype)
          WHEN atttypid = 'uuid'::regtype THEN 'gen_random_uuid()'
          WHEN typcategory = 'D' THEN 'now()'
          WHEN typcategory = 'N' THEN '1'
          WHEN typcategory = 'B' THEN 'true'
          ELSE format('%L', '{}')
        END, ', ') AS any_values
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_type t ON t.oid = atttypid
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      GROUP BY attrelid
    LOOP
      EXECUTE format('DELETE FROM %s', relation.name);
      EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)',
        relation.name, relation.columns, relation.any_values);
    END LOOP;
    UPDATE pg_class SET reltuples = 1e7, relpages = 1
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i');
  END
  $$`;

/** An index is taken where there is one, and a join goes row by row: without statistics the planner would only guess. */
const BY_INDEX = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/**
 * Looks at the plans of statements as they would be in a large database.
 *
 * @param connection of a migrated database that is used for nothing else
 */
export async function judgePlans(connection: pg.PoolConfig, queries: readonly SqlQuery[]): Promise<Judged[]> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  const adapter = await new PostgresAdapterFactory(pool).connect();
  try {
    await pool.query(AS_IF_LARGE);
    for (const name of BY_INDEX) await pool.query(`SET ${name} = off`);
    const judged: Judged[] = [];
    for (const query of queries.filter(({ sql }) =>
      /^\s*(\/\*.*?\*\/)?\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql),
    )) {
      const { rows } = await adapter.queryRaw({ ...query, sql: `EXPLAIN (FORMAT JSON) ${query.sql}` });
      const [[text]] = rows as [[string | object]];
      const [{ Plan: plan }] = (typeof text === 'string' ? JSON.parse(text) : text) as [{ Plan: Node }];
      judged.push({ sql: query.sql, faults: [...new Set(faultsOf(plan, false))] });
    }
    return judged;
  } finally {
    await adapter.dispose();
    await pool.end();
  }
}

/** Nodes that give rows in the order in which their first input does. */
const keepsOrder = /^(Nested Loop|LockRows|Result|Subquery Scan)$/;

/** Whether all that a node reads comes from nodes that end after some rows, or is found by a key. */
function isBounded({ 'Node Type': type, 'Plan Rows': rows, Plans: inputs = [] }: Node): boolean {
  if (type === 'Limit' || (type === 'Index Scan' && rows === 1)) return true;
  return inputs.length > 0 && (type === 'Nested Loop' ? inputs.slice(0, 1) : inputs).every(isBounded);
}

/** @param isLimited whether only the first rows are taken, in the order in which this node gives them */
function* faultsOf(node: Node, isLimited: boolean): Generator<string> {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition, Plans: inputs = [] } = node;
  if (!SMALL.has(table)) {
    if (type === 'Seq Scan') yield `reads all of ${table}`;
    const isIndexScan = type === 'Index Scan' || type === 'Index Only Scan';
    if (isIndexScan && condition === undefined && (!isLimited || node.Filter !== undefined))
      yield `reads all of ${table} by ${node['Index Name']}`;
  }
  if (type === 'Sort' && isLimited && !isBounded(node)) yield 'sorts all to take the first';
  for (const [index, input] of inputs.entries()) {
    yield* faultsOf(input, type === 'Limit' || (isLimited && index === 0 && keepsOrder.test(type)));
  }
}
