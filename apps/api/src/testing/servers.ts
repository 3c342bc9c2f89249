import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Send } from './browser.ts';
import { program } from './program.ts';

/** The program in a process of its own, listening on a port that the system chose. */
export interface Server {
  /** The origin it listens on. */
  readonly url: string;
  /** Where it keeps its files; no other server does. */
  readonly dataDir: string;
  readonly send: Send;
  readonly pid: number;
  /** What it, and the processes it began, wrote on standard output so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Ends it at once (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it as an init system does (SIGTERM). Gives its exit code once it is gone. */
  stop(): Promise<number | null>;
}

/** Servers that share what `env` names, as several instances behind a load balancer do. */
export class Servers {
  private readonly running = new Set<ChildProcess>();
  /** Of all their files. */
  readonly folder = mkdtempSync(join(tmpdir(), 'sallyport-servers-'));
  private count = 0;

  constructor(private readonly env: Readonly<Record<string, string>>) {}

  /**
   * A server that is ready.
   *
   * @param more variables of this one alone
   * @throws Error with the exit code and the last words of one that does not start
   */
  async start(more: Readonly<Record<string, string>> = {}): Promise<Server> {
    const dataDir = join(this.folder, String(this.count++));
    const env = {
      PATH: process.env.PATH,
      SALLYPORT_DATA_DIR: dataDir,
      PORT: '0',
      PUBLIC_URL: 'http://localhost:3000',
      // Browsers of a test have addresses of their own.
      TRUST_PROXY: '1',
      LOG_LEVEL: 'info',
      ...this.env,
      ...more,
    };
    const child = spawn(process.execPath, program('main'), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.running.add(child);
    child.once('exit', () => this.running.delete(child));
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    const url = await urlOf(child);
    return {
      ...{ url, dataDir, pid: child.pid ?? 0 },
      send: (request) => send(url, request),
      output: () => output,
      signal: (name) => void child.kill(name),
      kill: async () => {
        await stop(child, 'SIGKILL');
      },
      stop: () => stop(child),
    };
  }

  /** Kills what still runs, and removes the files of all. */
  async dispose(): Promise<void> {
    const ends = [...this.running].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    });
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The address that the log of a starting server names, once it is ready. */
function urlOf(child: ChildProcess): Promise<string> {
  const words = { stdout: '', stderr: '' };
  return new Promise((resolve, reject) => {
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
        words[stream] += chunk;
        // The log and the last words of a start come in any order.
        const [, url] = /Server listening at (http:[^"]+)"/.exec(words.stdout) ?? [];
        if (url === undefined || !words.stdout.includes('is ready')) return;
        resolve(url);
      });
    }
    child.once('close', (code) => reject(new Error(`${code} ${words.stderr}`)));
  });
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
}

async function send(origin: string, { method, url, headers, cookies, payload, remoteAddress }: InjectOptions) {
  const answer = await fetch(new URL(String(url), origin), {
    method: method ?? 'GET',
    redirect: 'manual',
    headers: {
      ...(headers as Record<string, string>),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(remoteAddress === undefined ? {} : { 'x-forwarded-for': remoteAddress }),
      cookie: Object.entries(cookies ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    },
    ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
  });
  return {
    statusCode: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
    cookies: answer.headers.getSetCookie().map(cookieOf),
  };
}

/** What a browser needs of a `Set-Cookie` line. */
function cookieOf(line: string): LightMyRequestResponse['cookies'][number] {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  const maxAge = /; Max-Age=(\d+)/i.exec(line)?.[1];
  return { name, value, ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }) };
}
