import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from './repository.js';

/**
 * What a browser may have to load of our JavaScript before somebody who is new here sees the sign-in page, in bytes as
 * they are sent. To be lowered to 130,000: React, its router, i18next and the query client are 112,000 of it.
 */
const BUDGET = 172_000;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

const dist = join(root, 'apps/web/dist');
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** The chunks that must be there before one of `names` runs. */
function needed(...names: string[]): Chunk[] {
  const seen = new Map<string, Chunk>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return;
    seen.set(name, chunk);
    for (const next of chunk.imports ?? []) add(next);
  };
  for (const name of names) add(name);
  return [...seen.values()];
}

const sent = ({ file }: Chunk): number => brotliCompressSync(readFileSync(join(dist, file))).length;

test('the first paint of the sign-in page keeps to its budget', () => {
  const chunks = needed('index.html', 'src/features/sign-in/sign-in-page.tsx');
  const bytes = chunks.reduce((sum, chunk) => sum + sent(chunk), 0);
  expect(chunks.length).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(BUDGET);
});

test('what is sent lies there compressed already', () => {
  for (const { file } of needed('index.html').filter((chunk) => sent(chunk) > 1400)) {
    const text = readFileSync(join(dist, file));
    expect(brotliDecompressSync(readFileSync(join(dist, `${file}.br`))).equals(text), file).toBe(true);
    expect(gunzipSync(readFileSync(join(dist, `${file}.gz`))).equals(text), file).toBe(true);
  }
});

test('every page is a chunk of its own, and none comes with the first paint of another', () => {
  const router = readFileSync(join(root, 'apps/web/src/app/router.tsx'), 'utf8');
  const pages = [...router.matchAll(/import\('\.\.\/(features\/[^']+)'\)/g)].map(([, path]) => `src/${path}`);
  expect(pages.length).toBeGreaterThan(20);
  const entry = new Set(needed('index.html').map(({ file }) => file));
  const files = pages.map((page) => manifest[page]?.file);
  expect(files.every((file) => file !== undefined && !entry.has(file))).toBe(true);
  expect(new Set(files).size).toBe(files.length);
});
