import { userInfo } from 'node:os';
import pg from 'pg';

/** The server that tests use: DATABASE_URL's, else the one behind the usual socket. */
export function postgresUrl(database = ''): string {
  const user = encodeURIComponent(userInfo().username);
  const url = new URL(process.env.DATABASE_URL || `postgres:///postgres?host=/var/run/postgresql&user=${user}`);
  if (database) url.pathname = `/${database}`;
  return url.href;
}

/** Why tests cannot use PostgreSQL here, in one line; null when they can. */
export async function postgresObstacle(): Promise<string | null> {
  const client = new pg.Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user`,
    );
    return rows[0]?.may === true ? null : 'its user may not create databases';
  } catch (error) {
    return error instanceof Error ? error.message || String(error) : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A name for this run of tests that tells when it began. */
export const newRun = (): string => `${Date.now().toString(36)}_${process.pid}`;
