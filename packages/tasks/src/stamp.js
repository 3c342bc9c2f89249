import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './repository.js';

const skipped = new Set(['node_modules', 'dist', '.dev', 'generated', 'testing', 'test-results']);

/**
 * @param {string} path
 * @returns {Generator<string>}
 */
function* filesUnder(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else if (entry.isFile() && !entry.name.includes('.test.')) yield child;
  }
}

/**
 * SHA-256 (hex) over names and contents of what something is made from.
 *
 * @param {readonly string[]} sources files and folders, relative to the root; tests and output folders do not count
 * @returns {string}
 */
export function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? [...filesUnder(path)].sort() : [path];
    for (const file of files) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} name */
const stampFile = (name) => join(root, '.cache', 'stamps', name);

/**
 * Whether `name` was last made from exactly these sources, and its product is still there.
 *
 * @param {string} name
 * @param {string} product path of a file that only a whole build leaves
 * @param {string} print what {@link fingerprint} says of the sources
 */
export function isFresh(name, product, print) {
  const file = stampFile(name);
  return existsSync(join(root, product)) && existsSync(file) && readFileSync(file, 'utf8') === print;
}

/**
 * Remembers what `name` was made from. Call it only after the making went well.
 *
 * @param {string} name
 * @param {string} print
 */
export function setStamp(name, print) {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), print);
}

/**
 * Forgets what `name` was made from, so that a making that breaks off is made again.
 *
 * @param {string} name
 */
export const clearStamp = (name) => rmSync(stampFile(name), { force: true });
