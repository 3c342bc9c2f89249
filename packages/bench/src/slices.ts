import type { Contender } from './contender.ts';
import { cpuSeconds } from './processes.ts';

/** A stretch of one contender's work. */
export interface Slice {
  /** Operations that succeeded. */
  done: number;
  /** Operations that were refused. */
  refused: number;
  seconds: number;
  /** Seconds of processor time of the server. */
  serverCpu: number;
  /** Seconds of processor time of PostgreSQL. */
  databaseCpu: number;
}

/** Does `work`, which says how many operations succeeded and how many were refused, and measures what it took. */
export async function slice(
  { pid, databaseCpuSeconds }: Contender,
  work: () => Promise<Pick<Slice, 'done' | 'refused'>>,
): Promise<Slice> {
  let measured: Omit<Slice, 'databaseCpu'> | undefined;
  const databaseCpu = await databaseCpuSeconds(async () => {
    const [server, began] = [cpuSeconds(pid), performance.now()];
    const { done, refused } = await work();
    const seconds = (performance.now() - began) / 1000;
    measured = { done, refused, seconds, serverCpu: cpuSeconds(pid) - server };
  });
  if (!measured) throw new Error('Nothing was done.');
  return { ...measured, databaseCpu };
}

/** Does the tasks, so many at once, and counts how they end. */
export async function atOnce(
  connections: number,
  tasks: readonly (() => Promise<unknown>)[],
): Promise<Pick<Slice, 'done' | 'refused'>> {
  const row = [...tasks];
  let [done, refused] = [0, 0];
  const reasons = new Set<string>();
  const lane = async (): Promise<void> => {
    for (let task = row.shift(); task; task = row.shift()) {
      await task().then(
        () => done++,
        (error: Error) => {
          refused++;
          reasons.add(error.message.slice(0, 200));
        },
      );
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  for (const reason of reasons) process.stdout.write(`Refused: ${reason}\n`);
  return { done, refused };
}

/**
 * Lets the contenders work in turn, over and over, so that what else the machine does meets all of them alike. A first
 * round, which warms them up and fills their tables, counts for nothing; each round begins with another.
 *
 * @returns the slices by contender, in the order of rounds
 */
export async function inTurn<T>(
  contenders: readonly Contender[],
  rounds: number,
  work: (contender: Contender) => Promise<T>,
): Promise<Map<Contender, T[]>> {
  const slices = new Map<Contender, T[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(round + turn) % contenders.length];
      if (!contender) continue;
      const result = await work(contender);
      if (round > 0) slices.get(contender)?.push(result);
    }
    if (round === 0) for (const contender of contenders) await contender.analyze();
  }
  return slices;
}
