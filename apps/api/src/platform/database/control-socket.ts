import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Longest path of a Unix socket that every system takes, in bytes (sun_path has 104 to 108). */
const LONGEST_PATH = 100;

/** What the process that has a data folder open does for whoever owns it, by name; each gives what is sent back. */
export type Orders = Map<string, () => Promise<Uint8Array | string>>;

/**
 * Where the socket may lie on which the process that has a data folder open takes orders: in the folder, or where its
 * path is too long for a socket, or its file system has none, in the system's temporary folder. Only the owner of the
 * data folder gets there, the folder around the socket being 0700.
 *
 * @param dataDir absolute path
 */
function controlSocketPaths(dataDir: string): string[] {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const paths = [
    join(dataDir, 'control.sock'),
    join(tmpdir(), `sallyport-${process.getuid?.() ?? 0}-${name}`, 'control.sock'),
  ];
  return paths.filter((path) => Buffer.byteLength(path) <= LONGEST_PATH);
}

/**
 * Serves the socket: HTTP, `POST` to the name of an order. Call it only while holding the folder's lock: a socket that
 * lies there is then a killed process's, and is replaced. Where no socket can be made there is none; the service is worth
 * more.
 *
 * @param orders those that it takes, looked up at each request
 * @returns closes it
 */
export async function serveControlSocket(dataDir: string, orders: Orders): Promise<() => Promise<void>> {
  const server = createServer((incoming, outgoing) => {
    const order = incoming.method === 'POST' ? orders.get(incoming.url?.slice(1) ?? '') : undefined;
    if (order === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    order().then(
      (result) => outgoing.writeHead(200, { 'content-type': 'application/octet-stream' }).end(result),
      (error: unknown) => outgoing.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  // It keeps no process alive.
  server.unref();
  for (const path of controlSocketPaths(dataDir)) {
    if (!(await listen(server, path, dirname(path) !== dataDir))) continue;
    return () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
  }
  return async () => {};
}

async function listen(server: Server, path: string, inTemporaryFolder: boolean): Promise<boolean> {
  try {
    if (inTemporaryFolder) claimFolder(dirname(path));
    rmSync(path, { force: true });
    await once(server.listen(path), 'listening');
    return true;
  } catch {
    return false;
  }
}

/** The process that has the folder open did not do what it was asked for. */
export class OrderFailed extends Error {}

/** It takes no order of that name. */
export class OrderUnknown extends Error {}

/**
 * Has the process that has the folder open carry out an order, and hands what it sends back to `consume`.
 *
 * @returns false when there is no such process, and `consume` was not called
 * @throws OrderFailed with that process's own words; OrderUnknown
 */
export async function order(
  dataDir: string,
  name: string,
  consume: (result: Readable) => Promise<void>,
): Promise<boolean> {
  const socketPath = controlSocketPaths(dataDir).find((path) => existsSync(path));
  if (socketPath === undefined) return false;
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method: 'POST', path: `/${name}` }, (answer) => {
      if (answer.statusCode === 200) {
        consume(answer).then(() => resolve(true), reject);
        return;
      }
      if (answer.statusCode === 404) {
        answer.resume();
        reject(new OrderUnknown(`The server does not know the order ${name}.`));
        return;
      }
      let words = '';
      pipeline(answer, async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) words += chunk.toString();
      }).then(() => reject(new OrderFailed(words)), reject);
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
