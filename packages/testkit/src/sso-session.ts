import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * Opens a session for each address as a sign-in through an identity provider would, straight in the embedded
 * database: single sign-on has no other door for tests yet. The server must not be running.
 *
 * @param dataDir the server's data folder
 * @returns by address, the refresh token to put into the cookie `sallyport_refresh`
 */
export async function openSsoSessions(dataDir: string, emails: readonly string[]): Promise<Map<string, string>> {
  const database = await PGlite.create(join(dataDir, 'database'));
  const tokens = new Map<string, string>();
  try {
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
  } finally {
    await database.close();
  }
  return tokens;
}
