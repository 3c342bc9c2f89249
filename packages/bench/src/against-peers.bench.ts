import { Crowd } from './codes.ts';
import type { Contender, Enrolled } from './contender.ts';
import { BenchBrowser, newAgent } from './http.ts';
import { load } from './load.ts';
import { startBetterAuth } from './peers/better-auth.ts';
import { startLeast } from './peers/least.ts';
import { startSallyport } from './peers/sallyport.ts';
import { watchMemory } from './processes.ts';
import { printTable, ratios, spreadOf, spreadText } from './report.ts';
import { atOnce, inTurn, type Slice, slice } from './slices.ts';

/**
 * Sallyport beside better-auth, with the same hash and the same PostgreSQL, and beside the least that does the same work:
 * enrolments, whole sign-ins and session reads, with the processor time of server and PostgreSQL for each.
 */
const ROUNDS = 5;
const ENROLMENTS = 40;
const SIGN_INS = 120;
const READ_SECONDS = 3;
const CONNECTIONS = [4, 16];

const sallyport = await startSallyport((ROUNDS + 1) * ENROLMENTS * CONNECTIONS.length);
const betterAuth = await startBetterAuth((ROUNDS + 1) * ENROLMENTS * CONNECTIONS.length);
const least = await startLeast((ROUNDS + 1) * ENROLMENTS * CONNECTIONS.length);
const all = [sallyport, betterAuth, least];
const enrolled = new Map<Contender, Enrolled[]>([
  [sallyport, []],
  [betterAuth, []],
  [least, least.enrolled],
]);
const rows: string[][] = [];
const perSecond = ({ done, seconds }: Slice): number => done / seconds;

/** Adds the lines of a measure: rates, and what an operation costs server and PostgreSQL. */
function add(what: string, slices: Map<Contender, Slice[]>): void {
  const of = (contender: Contender, value: (slice: Slice) => number): number[] =>
    (slices.get(contender) ?? []).map(value);
  const line = (label: string, value: (slice: Slice) => number, digits: number): void => {
    const [ours, theirs, bare] = [sallyport, betterAuth, least].map((contender) => of(contender, value));
    if (!ours || !theirs || !bare) return;
    rows.push([
      label,
      ...[ours, theirs, bare].map((values) => (values.length === 0 ? '' : spreadOf(values).median.toFixed(digits))),
      spreadText(ratios(ours, theirs)),
      bare.length === 0 ? '' : spreadText(ratios(ours, bare)),
    ]);
  };
  line(`${what}, a second`, perSecond, 1);
  line(`${what}: server CPU, ms`, ({ done, serverCpu }) => (1000 * serverCpu) / done, 2);
  line(`${what}: PostgreSQL CPU, ms`, ({ done, databaseCpu }) => (1000 * databaseCpu) / done, 2);
  for (const [{ name }, list] of slices) {
    const refused = list.reduce((sum, one) => sum + one.refused, 0);
    if (refused > 0) process.stdout.write(`${what}: ${name} refused ${refused}\n`);
  }
}

/** Enrols some who are new, and keeps them for the sign-ins. */
async function enrolments(contender: Contender, connections: number): Promise<Slice> {
  const { enrol } = contender;
  if (!enrol) throw new Error(`${contender.name} has no enrolment.`);
  const agent = newAgent(connections);
  const ready = contender
    .newcomers(ENROLMENTS)
    .map((person) => ({ person, browser: new BenchBrowser(contender.url, agent) }));
  await atOnce(
    2,
    ready.map(
      ({ browser, person }) =>
        () =>
          contender.signInByPassword(browser, person),
    ),
  );
  const measured = await slice(contender, () =>
    atOnce(
      connections,
      ready.map(({ browser, person }) => async () => {
        enrolled.get(contender)?.push(await enrol(browser, person));
      }),
    ),
  );
  agent.destroy();
  return measured;
}

const crowds = new Map<Contender, Crowd>();

async function signIns(contender: Contender, connections: number): Promise<Slice> {
  const crowd = crowds.get(contender) ?? new Crowd(enrolled.get(contender) ?? []);
  crowds.set(contender, crowd);
  const agent = newAgent(connections);
  // Whoever has no code left waits for one before the clock runs.
  const turns: { person: Enrolled; code: string }[] = [];
  while (turns.length < SIGN_INS) turns.push(await crowd.next());
  const measured = await slice(contender, () =>
    atOnce(
      connections,
      turns.map(
        ({ person, code }) =>
          () =>
            contender.signIn(new BenchBrowser(contender.url, agent), person, code),
      ),
    ),
  );
  agent.destroy();
  return measured;
}

for (const connections of CONNECTIONS) {
  const withEnrolment = [sallyport, betterAuth];
  add(`enrolment, ${connections} at once`, await inTurn(withEnrolment, ROUNDS, (one) => enrolments(one, connections)));
}
const memory = new Map<Contender, number>();
for (const connections of CONNECTIONS) {
  const slices = await inTurn(all, ROUNDS, async (one) => {
    const { result, peakMiB } = await watchMemory(one.pid, () => signIns(one, connections));
    memory.set(one, Math.max(memory.get(one) ?? 0, peakMiB));
    return result;
  });
  add(`sign-in, ${connections} at once`, slices);
}

const cookies = new Map<Contender, string>();
for (const contender of all) {
  const { person, code } = await (crowds.get(contender) ?? new Crowd([])).next();
  const browser = new BenchBrowser(contender.url, newAgent(1));
  await contender.signIn(browser, person, code);
  cookies.set(contender, browser.cookie);
}
add(
  'session read, 8 at once',
  await inTurn(all, ROUNDS, (contender) =>
    slice(contender, () =>
      load({
        url: contender.url + contender.mePath,
        connections: 8,
        seconds: READ_SECONDS,
        headers: { cookie: cookies.get(contender) ?? '' },
      }),
    ),
  ),
);
rows.push([
  'resident memory, most under sign-ins, MiB',
  ...all.map((one) => (memory.get(one) ?? 0).toFixed(0)),
  '',
  '',
]);

for (const contender of all) await contender.dispose();
printTable(['what', 'Sallyport', 'better-auth', 'least possible', '× better-auth', '× least possible'], rows);
