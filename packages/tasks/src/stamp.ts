import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './repository.ts';

const skipped = new Set(['node_modules', 'dist', 'generated', 'test-results']);

function* filesUnder(path: string): Generator<string> {
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
 * @param sources files and folders, relative to the root of the repository; tests and output folders do not count
 */
export function fingerprint(sources: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? [...filesUnder(path)].sort() : [path];
    for (const file of files) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const stampFile = (name: string): string => join(root, '.cache', 'stamps', name);

/** Whether `name` was last made from exactly these sources, and its `product` is still there. */
export function isFresh(name: string, product: string, print: string): boolean {
  const file = stampFile(name);
  return existsSync(join(root, product)) && existsSync(file) && readFileSync(file, 'utf8') === print;
}

/** Remembers what `name` was made from. Call it only after the making went well. */
export function setStamp(name: string, print: string): void {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), print);
}

/** Forgets what `name` was made from, so that a making that breaks off is made again. */
export const clearStamp = (name: string): void => rmSync(stampFile(name), { force: true });
