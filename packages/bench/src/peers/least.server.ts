import cookie from '@fastify/cookie';
import jwt from '@fastify/jwt';
import { hash, verify } from '@node-rs/argon2';
import { matchingTimeStep } from '@sallyport/core/totp';
import Fastify from 'fastify';
import pg from 'pg';
import { ARGON2ID, PASSWORD, people } from '../people.ts';
import { leastSecret } from './least-secret.ts';
import { readTask, sayReady } from './process.ts';

/**
 * The least that a sign-in with password and code can be made of: Fastify, `pg` with prepared statements, one hash, a
 * session and a spent code written, a token. It guards against nothing.
 */
const task = readTask();
const pool = new pg.Pool({ connectionString: task.databaseUrl, max: 10 });
await pool.query(`
  CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, password_hash text, last_step int NOT NULL DEFAULT 0);
  CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id int, created_at timestamptz DEFAULT now())
`);
const emails = people(task.people).map(({ email }) => email);
await pool.query(
  'INSERT INTO users (id, email, password_hash) SELECT i, email, $2 FROM unnest($1::text[]) WITH ORDINALITY AS t (email, i)',
  [emails, await hash(PASSWORD, ARGON2ID)],
);
await pool.query('ANALYZE');

const app = Fastify();
await app.register(cookie);
await app.register(jwt, {
  secret: 'a secret of the benchmark, which is none',
  cookie: { cookieName: 'token', signed: false },
  verify: { onlyCookie: true, cache: 1000 },
});

app.post('/password', async (request, reply) => {
  const { email, password } = request.body as { email: string; password: string };
  const { rows } = await pool.query<{ id: number; hash: string }>({
    name: 'user',
    text: 'SELECT id, password_hash AS hash FROM users WHERE email = $1',
    values: [email],
  });
  const [user] = rows;
  if (!user || !(await verify(user.hash, password))) return reply.status(401).send();
  reply.setCookie('token', app.jwt.sign({ id: user.id, session: null }));
  return { status: 'mfa_required' };
});

app.post('/code', async (request, reply) => {
  const { id } = await request.jwtVerify<{ id: number }>();
  const { code } = request.body as { code: string };
  const step = matchingTimeStep(leastSecret(id - 1), code, Date.now(), 0);
  if (step === null) return reply.status(401).send();
  const { rows } = await pool.query<{ session: string }>({
    name: 'open',
    text: `WITH spent AS (UPDATE users SET last_step = $2 WHERE id = $1 AND last_step < $2 RETURNING id)
      INSERT INTO sessions (user_id) SELECT id FROM spent RETURNING id AS session`,
    values: [id, step],
  });
  const [opened] = rows;
  if (!opened) return reply.status(401).send();
  reply.setCookie('token', app.jwt.sign({ id, ...opened }));
  return { status: 'authenticated' };
});

app.get('/me', async (request, reply) => {
  const { session } = await request.jwtVerify<{ session: string }>();
  const { rows } = await pool.query({
    name: 'me',
    text: 'SELECT u.id, u.email, s.created_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1',
    values: [session],
  });
  return rows[0] ?? reply.status(401).send();
});

await app.listen({ port: task.port, host: '127.0.0.1' });
sayReady();
