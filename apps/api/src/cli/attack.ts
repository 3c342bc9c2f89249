import PQueue from 'p-queue';
import { isLocal } from '../config.ts';
import { adminCredentials } from './attack/admin.ts';
import { type Attack, NotApplicable } from './attack/attempt.ts';
import { changes } from './attack/changes.ts';
import { codes } from './attack/codes.ts';
import { guesses } from './attack/guesses.ts';
import { pendingSignIns } from './attack/pending.ts';
import { Scene } from './attack/scene.ts';
import { codeOf } from './doctor/finding.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { counted, print, progress, remark } from './output.ts';

/** So many at once: a wait for the next code of one is used by the others. */
const AT_ONCE = 4;

const attacks: readonly Attack[] = [...codes, ...pendingSignIns, ...guesses, ...changes];

interface Row {
  name: string;
  published: string;
  tried: string;
  result: 'held' | 'BROKEN' | 'not applicable' | 'unclear';
  /** How it broke, or why it was not tried. */
  words?: string;
}

/**
 * Tries published ways around a second factor against a running service, with throwaway accounts in the organisation of
 * an admin, which are disabled at the end.
 *
 * @throws CommandError EX_DATAERR where one went through, EX_TEMPFAIL where one could not be tried or an account is
 *   left, EX_USAGE for a service elsewhere without `authorized`
 */
export async function attack(url: URL, { authorized, json }: { authorized?: boolean; json?: boolean }): Promise<void> {
  if (!isLocal(url) && !authorized) {
    const lines = [
      `${url.origin} is not of this machine. Attack nothing that you have no leave to attack.`,
      'With leave, say --authorized.',
    ];
    throw new CommandError(EX.USAGE, ...lines);
  }
  const scene = await Scene.open(url, await adminCredentials());
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let rows: Row[];
  let left: string[] = [];
  try {
    rows = await tryAll(scene, interrupted.signal);
  } finally {
    left = await scene.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  report(rows, json);
  remark(`${counted(scene.accounts - left.length, 'throwaway account')} disabled.`);
  if (left.length > 0) remark(`Disable these users yourself: ${left.join(', ')}.`);
  const count = (result: Row['result']): number => rows.filter((row) => row.result === result).length;
  if (count('BROKEN') > 0) throw new CommandError(EX.DATAERR, `${counted(count('BROKEN'), 'attack')} went through.`);
  if (count('unclear') > 0 || left.length > 0) {
    throw new CommandError(EX.TEMPFAIL, `${counted(count('unclear'), 'attack')} could not be tried to the end.`);
  }
}

async function tryAll(scene: Scene, signal: AbortSignal): Promise<Row[]> {
  const bar = progress('Attacks');
  const queue = new PQueue({ concurrency: AT_ONCE });
  let done = 0;
  try {
    return await queue.addAll(
      attacks.map((one) => async () => {
        const row = await tried(one, scene, signal);
        done += 1;
        bar.update(done, attacks.length);
        return row;
      }),
    );
  } finally {
    bar.stop();
  }
}

async function tried({ name, published, tried, run }: Attack, scene: Scene, signal: AbortSignal): Promise<Row> {
  const row = { name, published, tried };
  if (signal.aborted) return { ...row, result: 'unclear', words: 'interrupted' };
  try {
    const fault = await run(scene);
    return fault === null ? { ...row, result: 'held' } : { ...row, result: 'BROKEN', words: fault };
  } catch (error) {
    if (error instanceof NotApplicable) return { ...row, result: 'not applicable', words: error.message };
    const words = error instanceof CommandError ? error.message : codeOf(error);
    return { ...row, result: 'unclear', words };
  }
}

function report(rows: readonly Row[], json: boolean | undefined): void {
  const head: Row = { result: 'held', name: 'attack', published: 'published', tried: 'tried' };
  const width = (key: 'name' | 'published'): number => Math.max(...[head, ...rows].map((row) => row[key].length));
  const [name, published] = [width('name'), width('published')];
  const line = (result: string, row: Row): string =>
    `${result.padEnd(14)}  ${row.name.padEnd(name)}  ${row.published.padEnd(published)}  ${row.tried}`;
  const lines = rows.flatMap((row) => [
    line(row.result, row),
    ...(row.words === undefined ? [] : [`${' '.repeat(14)}  -> ${row.words}`]),
  ]);
  print(json, { attacks: rows }, [line('result', head), ...lines]);
}
