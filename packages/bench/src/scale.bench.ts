import { createHash } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { product } from '@sallyport/testkit/product';
import { Sallyport } from '@sallyport/testkit/server';
import pg from 'pg';
import { BenchDatabase } from './database.ts';
import { BenchBrowser, newAgent } from './http.ts';
import { ARGON2ID, PASSWORD } from './people.ts';
import { printTable, ratios, spreadOf, spreadText } from './report.ts';
import { populate, type Size } from './scale/population.ts';

/**
 * What requests take in a large installation, beside what the same take at 1,000 users and 10,000 events; on PostgreSQL,
 * one at a time, in turns. SALLYPORT_BENCH_USERS and SALLYPORT_BENCH_EVENTS say how large: the are 1000000 and
 * 10000000, which take a quarter of an hour and 12 GB; SALLYPORT_BENCH_KEEP=1 leaves the databases for the next time.
 * DATABASE_URL names a server whose user may create databases.
 */
const LARGE: Size = {
  users: Number(process.env.SALLYPORT_BENCH_USERS ?? 20_000),
  events: Number(process.env.SALLYPORT_BENCH_EVENTS ?? 200_000),
};
const SMALL: Size = { users: 1000, events: 10_000 };
const KEEP = process.env.SALLYPORT_BENCH_KEEP === '1';
const ROUNDS = 21;
const agent = newAgent(1);

/** The running product on a database of that size. */
interface Installation {
  sallyport: Sallyport;
  database: BenchDatabase;
  /** Of an admin of a partner with half of all customers, at most, and of one of a customer with 500 users. */
  cookies: { partner: string; customer: string };
  /** Keeps the events unsealed, so that sealing them is not measured. */
  sealing: pg.Client;
  /** Users with MFA under the partner, to be reset once each. */
  toReset: string[];
  /** Members of a customer. */
  members: { id: string; email: string }[];
}

async function install(size: Size, passwordHash: string): Promise<Installation> {
  const { database, isNew } = await BenchDatabase.keep(`sallyport_bench_scale_${size.users}`);
  const sallyport = new Sallyport({
    product,
    environment: {
      DATABASE_URL: database.url,
      SALLYPORT_ENCRYPTION_KEYS: `bench:${createHash('sha256').update('the databases of a benchmark').digest('base64')}`,
    },
  });
  const { exitCode, stderr } = await sallyport.command('migrate');
  if (exitCode !== 0) throw new Error(stderr);
  const sealing = new pg.Client({ connectionString: database.url });
  await sealing.connect();
  if (isNew) await populate(sealing, size, passwordHash);
  const key = createHash('sha256').update('chore:sealing of the audit log').digest().readBigInt64BE(0) >> 1n;
  await sealing.query('SELECT pg_advisory_lock($1::bigint)', [String(key)]);
  const list = async (from: string): Promise<{ id: string; email: string }[]> =>
    (await sealing.query(`SELECT u.id, u.email FROM ${from} ORDER BY u.id LIMIT ${ROUNDS + 1}`)).rows;
  const [partner] = await list(`users u WHERE id = md5('user1')::uuid`);
  const [customer] = await list(`users u WHERE id = md5('user500')::uuid`);
  const toReset =
    await list(`enabled_mfa m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = u.organization_id
    WHERE o.partner_id = md5('partner1')::uuid`);
  const members = await list(`users u WHERE organization_id = md5('customer1')::uuid AND role = 'member'`);
  if (!partner || !customer) throw new Error('These are not the users of a benchmark.');
  await sallyport.start();
  const signIn = ({ email }: { email: string }): Promise<string> => cookieOf(sallyport, email);
  return {
    ...{ sallyport, database, sealing, members },
    cookies: { partner: await signIn(partner), customer: await signIn(customer) },
    toReset: toReset.map(({ id }) => id),
  };
}

/** Signs in and gives what to send back. */
async function cookieOf({ url }: Sallyport, email: string): Promise<string> {
  const browser = new BenchBrowser(url, agent);
  await browser.post('/api/v1/auth/login', { email, password: PASSWORD });
  return browser.cookie;
}

async function ask(
  { sallyport, cookies }: Installation,
  who: keyof Installation['cookies'],
  path: string,
  more: RequestInit = {},
) {
  const headers = { cookie: cookies[who], ...more.headers };
  const answer = await fetch(`${sallyport.url}/api/v1${path}`, { ...more, headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return { body: (await answer.json()) as { nextCursor: string }, etag: answer.headers.get('etag') ?? '' };
}

/** The cursor of the first page of that list, moved to `position`: pages in between need not be turned. */
async function deep(
  where: Installation,
  who: keyof Installation['cookies'],
  path: string,
  position: string,
): Promise<string> {
  const { nextCursor } = (await ask(where, who, path)).body;
  const fingerprint = Buffer.from(nextCursor, 'base64url').toString().slice(0, 8);
  return `${path}&cursor=${Buffer.from(fingerprint + position).toString('base64url')}`;
}

type Measure = (where: Installation, round: number) => Promise<unknown>;

const get =
  (who: keyof Installation['cookies'], path: string): Measure =>
  (where) =>
    ask(where, who, path);

const getDeep =
  (who: keyof Installation['cookies'], path: string, position: (where: Installation) => string): Measure =>
  async (where) =>
    ask(where, who, await deep(where, who, path, position(where)));

const oneDay = (): string => {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();
  return `from=${day(200)}&to=${day(199)}`;
};

const measures: Record<string, Measure> = {
  'GET /me': get('customer', '/me'),
  'users of a partner, first page': get('partner', '/users?limit=50'),
  'users of a partner, deep page': getDeep('partner', '/users?limit=50', () => 'user-5'),
  'users of a customer, first page': get('customer', '/users?limit=50'),
  'search of a partner, part of a name': get('partner', '/users?limit=50&q=mbbcph'),
  'search of a partner, part of an address': get('partner', '/users?limit=50&q=coilmheci.example'),
  'search of a partner, what all have': get('partner', '/users?limit=50&q=example'),
  'search of a partner, two letters': get('partner', '/users?limit=50&q=zz'),
  'search of a partner, in vain': get('partner', '/users?limit=50&q=xyzzyx'),
  'search of a customer, part of a name': get('customer', '/users?limit=50&q=mbbcph'),
  'search of a customer, what all have': get('customer', '/users?limit=50&q=example'),
  'audit log of a partner, first page': get('partner', '/audit-events?limit=50'),
  'audit log of a partner, deep page': getDeep('partner', '/audit-events?limit=50', () => '5000'),
  'audit log of a partner, a rare action': get('partner', '/audit-events?limit=20&action=mfa.reset'),
  'audit log of a partner, in vain': get('partner', '/audit-events?limit=50&action=keys.rotated'),
  'audit log of a partner, one day': get('partner', `/audit-events?limit=10&${oneDay()}`),
  'audit log of a customer, first page': get('customer', '/audit-events?limit=50'),
  'audit log of a customer, one day': get('customer', `/audit-events?limit=10&${oneDay()}`),
  'audit log of a customer, an action': get('customer', '/audit-events?limit=50&action=user.updated'),
  'audit log of one user': (where, round) =>
    ask(where, 'customer', `/audit-events?limit=50&userId=${where.members[round]?.id}`),
  'organizations of a partner': get('partner', '/organizations?limit=50'),
  'sign-in': (where, round) => cookieOf(where.sallyport, where.members[round]?.email ?? ''),
  'reset of MFA by an admin': async (where, round) => {
    const path = `/users/${where.toReset[round]}`;
    const { etag } = await ask(where, 'partner', path);
    return ask(where, 'partner', path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': etag },
      body: JSON.stringify({ mfaEnabled: false }),
    });
  },
};

/** Large, small and their ratio, in turns. */
async function compare(measure: Measure): Promise<string[]> {
  const times: [small: number[], large: number[]] = [[], []];
  // The first prepares statements and fills caches.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, installation] of installations.entries()) {
      const begin = performance.now();
      await measure(installation, round);
      if (round > 0) times[index]?.push(performance.now() - begin);
    }
  }
  const [small, large] = times;
  return [spreadText(spreadOf(large), 1), spreadText(spreadOf(small), 1), spreadText(ratios(large, small))];
}

const passwordHash = await hash(PASSWORD, ARGON2ID);
const installations = [await install(SMALL, passwordHash), await install(LARGE, passwordHash)];
const rows: string[][] = [];
try {
  for (const [what, measure] of Object.entries(measures)) rows.push([what, ...(await compare(measure))]);
} finally {
  for (const { sallyport, sealing, database } of installations) {
    await sallyport.dispose();
    await sealing.end();
    if (!KEEP) await database.drop();
  }
  agent.destroy();
}
printTable(
  ['ms', `${LARGE.users} users, ${LARGE.events} events`, `${SMALL.users} users, ${SMALL.events} events`, 'ratio'],
  rows,
);
