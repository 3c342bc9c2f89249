import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Longest path of a Unix socket that every system takes, in bytes (sun_path has 104 to 108). */
const LONGEST_PATH = 100;

export interface ControlHandlers {
  /** The database as a gzipped tar. */
  backup(): Promise<Uint8Array>;
}

/**
 * Path of the socket on which the process that has a data folder open takes orders: HTTP, `POST /backup`. Only the
 * folder's owner gets there, the folder around it being 0700.
 *
 * @param dataDir absolute path; when it is too long for a socket, the socket lies in the system's temporary folder
 */
function controlSocketPath(dataDir: string): string {
  const path = join(dataDir, 'control.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(tmpdir(), `sallyport-${process.getuid?.() ?? 0}-${name}`, 'control.sock');
}

/**
 * Serves the socket. Call it only while holding the folder's lock: a socket that lies there is then a killed process's,
 * and is replaced.
 *
 * @returns closes it
 */
export async function serveControlSocket(dataDir: string, handlers: ControlHandlers): Promise<() => Promise<void>> {
  const path = controlSocketPath(dataDir);
  if (dirname(path) !== dataDir) claimFolder(dirname(path));
  rmSync(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    if (incoming.method !== 'POST' || incoming.url !== '/backup') {
      outgoing.writeHead(404).end();
      return;
    }
    handlers.backup().then(
      (tarball) => outgoing.writeHead(200, { 'content-type': 'application/gzip' }).end(tarball),
      (error: unknown) => outgoing.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, readableAll: false, writableAll: false }, () => resolve());
  });
  // It keeps no process alive.
  server.unref();
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/**
 * Asks the process that has the folder open for a backup and hands its bytes to `consume`.
 *
 * @returns false when there is no such process, and `consume` was not called
 * @throws Error with that process's own words when it fails
 */
export async function requestBackup(dataDir: string, consume: (tarball: Readable) => Promise<void>): Promise<boolean> {
  const socketPath = controlSocketPath(dataDir);
  if (!existsSync(socketPath)) return false;
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method: 'POST', path: '/backup' }, (answer) => {
      if (answer.statusCode === 200) {
        consume(answer).then(() => resolve(true), reject);
        return;
      }
      let words = '';
      pipeline(answer, async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) words += chunk.toString();
      }).then(() => reject(new Error(`The server cannot make a backup: ${words}`)), reject);
    });
    asked.once('error', (error: NodeJS.ErrnoException) => {
      // A killed process leaves its socket behind.
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
    asked.end();
  });
}

/** The folder in the temporary folder must be ours alone: somebody else may have made one of that name. */
function claimFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to somebody else or is open to others.`);
  }
}
