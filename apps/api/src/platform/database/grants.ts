import pg from 'pg';

/** The tables, and what may be done to their rows: all but what a trigger of theirs refuses always, whoever asks. */
const RIGHTS = `
  SELECT c.relname AS "table",
    ARRAY(
      SELECT "right" FROM (VALUES ('INSERT', 4), ('DELETE', 8), ('UPDATE', 16)) AS r ("right", bit)
      WHERE NOT EXISTS (
        SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = c.oid AND p.proname LIKE '%\\_refuse' AND t.tgtype::int & bit > 0 AND t.tgattr::text = ''
      )
    ) AS rights
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
  ORDER BY c.relname`;

/** Which migrations the tables have had: servers read it, and add nothing. */
const HISTORY = '_prisma_migrations';

/**
 * Lets `role`, which owns nothing, use the tables, and no more than that: it can neither change their form nor switch
 * their triggers off, and has no right that a trigger would refuse. May be run again, as after each migration; servers
 * that run meanwhile lose no right that they keep.
 *
 * @param owner connection of the role that owns the tables
 */
export async function grantUse(owner: pg.ClientConfig, role: string): Promise<void> {
  await connected(owner, async (client) => {
    const to = client.escapeIdentifier(role);
    const { rows } = await client.query<{ table: string; rights: string[] }>(RIGHTS);
    const { rows: schemas } = await client.query<{ name: string }>('SELECT current_schema() AS name');
    const schema = client.escapeIdentifier(schemas[0]?.name ?? 'public');
    await client.query('BEGIN');
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${to}`);
    await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${to}`);
    for (const { table, rights } of rows) {
      const on = `ON TABLE ${schema}.${client.escapeIdentifier(table)}`;
      await client.query(`REVOKE ALL ${on} FROM ${to}`);
      await client.query(`GRANT ${['SELECT', ...(table === HISTORY ? [] : rights)].join(', ')} ${on} TO ${to}`);
    }
    await client.query('COMMIT');
  });
}

/** The name of the role that a connection has. */
export const roleOf = (connection: pg.ClientConfig): Promise<string> =>
  connected(connection, async (client) => {
    const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
    return rows[0]?.role ?? '';
  });

async function connected<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  // What was begun and not committed ends with the connection.
  return work(client).finally(() => client.end());
}
