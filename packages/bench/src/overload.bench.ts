import { availableParallelism } from 'node:os';
import { beginFlood } from './flood.ts';
import { BenchBrowser, newAgent } from './http.ts';
import { load } from './load.ts';
import { startSallyport } from './peers/sallyport.ts';
import { printTable, spreadOf, spreadText } from './report.ts';

/**
 * `GET /me` while nothing else is asked, while every core hashes, and while far more sign in than can be served (SEC-51).
 * Latencies in milliseconds, as they are seen on this machine, which the load driver shares.
 */
const ROUNDS = 5;
const SECONDS = 4;
const FLOODS = [0, availableParallelism() * 4, 200];
/** Few enough that they themselves keep nobody waiting. */
const READS_PER_SECOND = 100;
const PEOPLE = 250;

const sallyport = await startSallyport(PEOPLE, { TRUST_PROXY: '1' });
const [reader] = sallyport.newcomers(1);
if (!reader) throw new Error('There is nobody.');
const own = new BenchBrowser(sallyport.url, newAgent(1));
await sallyport.signInByPassword(own, reader);
const { cookie } = own;

/** The reads of a round, and what became of the sign-ins meanwhile. */
async function round(connections: number) {
  const end =
    connections === 0
      ? null
      : await beginFlood({ loginUrl: `${sallyport.url}/api/v1/auth/login`, connections, count: PEOPLE });
  const began = performance.now();
  const { p50, p99, done, refused } = await load({
    url: sallyport.url + sallyport.mePath,
    connections: 8,
    seconds: SECONDS,
    rate: READS_PER_SECOND,
    headers: { cookie },
  });
  const told = (await end?.()) ?? { signedIn: 0, refused: 0 };
  const seconds = (performance.now() - began) / 1000;
  if (refused > 0) process.stdout.write(`${refused} answers to GET /me were not 200\n`);
  return [p50, p99, done / SECONDS, told.signedIn / seconds, told.refused / seconds];
}

const rows: string[][] = [];
for (const connections of FLOODS) {
  await round(connections);
  const seen: number[][] = [];
  while (seen.length < ROUNDS) seen.push(await round(connections));
  const columns = (seen[0] ?? []).map((_, column) => seen.map((values) => values[column] ?? Number.NaN));
  rows.push([
    connections === 0 ? 'nobody signs in' : `${connections} sign in at once`,
    ...columns.map((values) => spreadText(spreadOf(values), 0)),
  ]);
}
await sallyport.dispose();
printTable(['while', 'p50, ms', 'p99, ms', 'reads a second', 'sign-ins a second', 'refused a second'], rows);
