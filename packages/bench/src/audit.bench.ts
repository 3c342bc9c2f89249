import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startSallyport } from './peers/sallyport.ts';
import { printTable, ratios, spreadOf, spreadText } from './report.ts';

/**
 * Audit events written a second by so many connections, each in a transaction of its own, while a server seals them;
 * beside inserts of the same rows into a table that nothing seals (SEC-41).
 */
const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = [8, 32];

const columns = `(id, occurred_at, action, outcome, actor_id, actor_name, subject_id, subject_name, organization_id, address,
  user_agent, request_id, details)`;
const organization = randomUUID();
const user = randomUUID();

const sallyport = await startSallyport(1);
const owner = new pg.Client({ connectionString: sallyport.databaseUrl });
await owner.connect();
await owner.query(`
  CREATE TABLE unsealed_events (LIKE audit_events INCLUDING DEFAULTS INCLUDING IDENTITY);
  ALTER TABLE unsealed_events ALTER transaction_id SET DEFAULT 0`);
const { rows: indexes } = await owner.query<{ definition: string }>(
  `SELECT indexdef AS definition FROM pg_indexes WHERE tablename = 'audit_events' AND indexdef NOT LIKE '%transaction_id%'`,
);
for (const { definition } of indexes) {
  await owner.query(definition.replace(/INDEX \S+ ON \S+/, 'INDEX ON unsealed_events'));
}

/** Events a second. */
async function insert(table: string, clients: readonly pg.Client[]): Promise<number> {
  const text = `INSERT INTO ${table} ${columns}
    VALUES ($1, now(), 'session.signed_in', 'success', $2, $3, $2, $3, $4, '192.0.2.1', $5, $6, $7)`;
  const end = performance.now() + SECONDS * 1000;
  let done = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        const values = [
          ...[
            randomUUID(),
            user,
            'pat@northwind.example',
            organization,
            'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0',
          ],
          ...[randomUUID(), { method: 'password', secondFactor: 'totp', sessionId: user }],
        ];
        await client.query({ name: table, text, values });
        done += 1;
      }
    }),
  );
  return done / SECONDS;
}

const rows: string[][] = [];
for (const connections of CONNECTIONS) {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: sallyport.databaseUrl }));
  for (const client of clients) await client.connect();
  const [sealed, unsealed]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const [one, other] = [await insert('audit_events', clients), await insert('unsealed_events', clients)];
    if (round === 0) continue;
    sealed.push(one);
    unsealed.push(other);
  }
  for (const client of clients) await client.end();
  rows.push([
    `${connections} connections`,
    spreadText(spreadOf(sealed), 0),
    spreadText(spreadOf(unsealed), 0),
    spreadText(ratios(sealed, unsealed)),
  ]);
}
await owner.end();
await sallyport.dispose();
printTable(['audit events a second', 'sealed', 'never sealed', 'ratio'], rows);
