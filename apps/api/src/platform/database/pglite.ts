/// <reference path="./web-assembly.d.ts" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

const WASM = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), 'pglite.wasm');

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the program of PGlite, once for all databases of this process, in threads beside this one. */
export function compilePGlite(): Promise<WebAssembly.Module> {
  compiled ??= readFile(WASM).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}

/**
 * Opens a database, which is created where there is none.
 *
 * @param path    of a folder; in memory when left out
 * @param tarball what a new one is filled with, in place of an empty cluster
 */
export async function openPGlite(path?: string, tarball?: Blob): Promise<PGlite> {
  const options: PGliteOptions = {
    pgliteWasmModule: await compilePGlite(),
    // Segments of 1 MB instead of 16 keep the write-ahead log, and so the data folder and each backup, at a few MB.
    initDbStartParams: ['--wal-segsize=1'],
    // What it reads lies in the system's cache. The 128 MB it would take are cleared at each start, and stay resident.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    ...(tarball && { loadDataDir: tarball }),
  };
  return path === undefined ? PGlite.create(options) : PGlite.create(path, options);
}
