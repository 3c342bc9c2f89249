import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Sessions as no door of the product makes them, straight in the embedded database: the server must not be running. */

async function withDatabase<T>(dataDir: string, work: (database: PGlite) => Promise<T>): Promise<T> {
  const database = await PGlite.create(join(dataDir, 'database'));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Opens a session for each address as a sign-in through an identity provider would.
 *
 * @param dataDir the server's data folder
 * @returns by address, the refresh token to put into the cookie `sallyport_refresh`
 */
export function openSsoSessions(dataDir: string, emails: readonly string[]): Promise<Map<string, string>> {
  return withDatabase(dataDir, async (database) => {
    const tokens = new Map<string, string>();
    for (const email of emails) {
      const session = randomUUID();
      const token = randomBytes(32).toString('base64url');
      const opened = await database.query(
        `INSERT INTO sessions (id, user_id, method, aal, created_at, last_seen_at, expires_at, idle_seconds, user_agent, address)
         SELECT $1, id, 'sso', 1, now(), now(), now() + interval '12 hours', 3600, 'testkit', '127.0.0.1'
         FROM users WHERE email = $2 RETURNING id`,
        [session, email],
      );
      if (opened.rows.length !== 1) throw new Error(`There is no user ${email}.`);
      await database.query('INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES ($1, $2, now())', [
        createHash('sha256').update(token).digest(),
        session,
      ]);
      tokens.set(email, token);
    }
    return tokens;
  });
}

/**
 * Makes every session as if it had begun, and its user proved itself, so much earlier; it was in use until now.
 *
 * @param dataDir the server's data folder
 */
export async function ageSessions(dataDir: string, minutes: number): Promise<void> {
  await withDatabase(dataDir, (database) =>
    database.query(
      `UPDATE sessions SET created_at = created_at - make_interval(mins => $1),
         proved_at = proved_at - make_interval(mins => $1)`,
      [minutes],
    ),
  );
}
