import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

// The process of the API under `pnpm dev`. It stays, and takes builds of apps/api/src/development.ts one after another:
// their packages and the embedded database are there already. Plain JavaScript: under tsx, which hooks into every
// import, it would take three times as long to load.

/** For requests under way. What is not over by then waits for something that does not come. */
const CLOSE_MS = 15_000;

/**
 * A build of apps/api/src/development.ts.
 *
 * @typedef {object} Build
 * @property {() => Promise<object | null>} openFolder
 * @property {(folder: object) => Promise<void>} closeFolder
 * @property {(folder: object | null, how: { first: boolean }) => Promise<() => Promise<void>>} serve
 * @property {(error: unknown) => string} explain
 */

/** @type {Build | null} */
let build = null;
/** @type {object | null} */
let folder = null;
/** @type {(() => Promise<void>) | null} */
let close = null;

/** @param {{ file: string, first: boolean }} message the new build, and whether it is the first that this terminal sees */
async function take({ file, first }) {
  /** @type {Build} */
  const next = await import(pathToFileURL(file).href);
  if (next === build && close !== null) return;
  await end();
  build = next;
  folder ??= await next.openFolder();
  close = await next.serve(folder, { first });
}

async function end() {
  const ended = close?.().then(() => true);
  close = null;
  // A database in which something still waits would be of no use to the next build either.
  if ((await Promise.race([ended, setTimeout(CLOSE_MS, false, { ref: false })])) === false) process.exit(1);
}

// What the last run left is most probably what comes now: its packages and the database are what it will need in any
// case. What fails here fails again, and is told of, with the build that comes.
const [lastBuild] = process.argv.slice(2);
async function prepare() {
  if (lastBuild === undefined) return;
  build = await import(pathToFileURL(lastBuild).href);
  folder = (await build?.openFolder()) ?? null;
}

/** One after another. */
let turn = prepare().catch(() => undefined);

/** @param {object} outcome nobody hears it where the one that started this has parted */
const tell = (outcome) => process.send?.(outcome, undefined, {}, () => undefined);

process.on('message', (/** @type {{ file: string, first: boolean }} */ message) => {
  turn = turn.then(async () => {
    try {
      await take(message);
      tell({ serving: true, heapBytes: process.memoryUsage().heapUsed });
    } catch (error) {
      const fault = build?.explain(error) ?? inspect(error);
      tell({ serving: close !== null, fault });
    }
  });
});

async function leave() {
  await turn;
  await end();
  if (folder !== null) await build?.closeFolder(folder);
  process.exit(0);
}
// Ctrl-C reaches every process of a terminal; this one ends when the one that started it parts.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);
process.once('disconnect', leave);
