import { createServer } from 'node:http';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins/two-factor';
import pg from 'pg';
import { ARGON2ID, PASSWORD, people } from '../people.ts';
import { readTask, sayReady } from './process.ts';

/** better-auth as its documentation sets it up, with the product's hash, on Node's own server; without limits of rate. */
const task = readTask();
const pool = new pg.Pool({ connectionString: task.databaseUrl, max: 10 });
const auth = betterAuth({
  appName: 'Bench',
  baseURL: `http://localhost:${task.port}`,
  secret: 'a secret of the benchmark, which is none',
  database: pool,
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => hash(password, ARGON2ID),
      verify: ({ hash: phc, password }) => verify(phc, password),
    },
  },
  plugins: [twoFactor()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});
await (await getMigrations(auth.options)).runMigrations();
const emails = people(task.people).map(({ email }) => email);
await pool.query(
  `WITH person AS (
    INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
    SELECT 'user-' || i, 'Bench ' || i, email, true, now(), now() FROM unnest($1::text[]) WITH ORDINALITY AS t (email, i)
    RETURNING id
  )
  INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
  SELECT 'account-' || id, id, 'credential', id, $2, now(), now() FROM person`,
  [emails, await hash(PASSWORD, ARGON2ID)],
);
await pool.query('ANALYZE');
createServer(toNodeHandler(auth)).listen(task.port, '127.0.0.1', sayReady);
