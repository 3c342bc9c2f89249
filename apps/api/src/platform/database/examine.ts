import { Prisma, type PrismaClient } from './database.ts';

/** What a PostgreSQL server says of itself and of the role that asks. */
export interface Examined {
  /** As in `server_version_num`: 170004. */
  version: number;
  versionText: string;
  encoding: string;
  /** A standby that only reads. */
  inRecovery: boolean;
  role: string;
  isSuperuser: boolean;
  /** Whether the role owns tables, and so could switch their triggers off. */
  ownsTables: boolean;
  /** Whether the connection is encrypted; null where it does not leave the machine. */
  encrypted: boolean | null;
  maxConnections: number;
  now: Date;
}

export async function examinePostgres({ client }: { client: PrismaClient }): Promise<Examined> {
  const [row] = await client.$queryRaw<Examined[]>(Prisma.sql`
    SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionText",
      pg_encoding_to_char(d.encoding) AS encoding, pg_is_in_recovery() AS "inRecovery",
      r.rolname::text AS role, r.rolsuper AS "isSuperuser",
      EXISTS (
        SELECT 1 FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relowner = r.oid
      ) AS "ownsTables",
      CASE WHEN inet_client_addr() IS NOT NULL AND inet_client_addr() <> inet_server_addr() THEN COALESCE(s.ssl, false) END
        AS encrypted,
      current_setting('max_connections')::int AS "maxConnections", clock_timestamp() AS now
    FROM pg_database d, pg_roles r LEFT JOIN pg_stat_ssl s ON s.pid = pg_backend_pid()
    WHERE d.datname = current_database() AND r.rolname = current_user`);
  if (!row) throw new Error('a role without a row in pg_roles');
  return row;
}
