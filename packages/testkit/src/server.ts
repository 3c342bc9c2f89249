import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Mailbox } from './mailbox.ts';

/** How long a start may take before it counts as failed; a new embedded database needs seconds by itself. */
const startTimeoutMs = 120_000;

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface StartOptions {
  /** The folder that `pnpm package` made, or a checkout that was built. */
  product: string;
  /** Seed the demo tenants into the empty database, as `npx pnpm start` does. */
  demo?: boolean;
  /** A data folder to start from a copy of; it must not be in use. */
  copyOf?: string;
  /** More variables, such as those of `startOidcProviders`. */
  environment?: Readonly<Record<string, string>>;
}

/** The built product, run as an operator runs it, with an embedded database of its own in a temporary folder. */
export class Sallyport {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'sallyport-'));
  readonly mailbox = new Mailbox({ outbox: join(this.dataDir, 'outbox') });
  #process: ChildProcess | undefined;
  #port = 0;
  #log = '';
  readonly #programs: string;
  readonly #demo: boolean;
  readonly #more: Readonly<Record<string, string>>;

  constructor({ product, demo = false, copyOf, environment = {} }: StartOptions) {
    this.#programs = resolve(product, 'apps/api/dist');
    this.#demo = demo;
    this.#more = environment;
    if (copyOf !== undefined) cpSync(copyOf, this.dataDir, { recursive: true });
  }

  /** The origin that browsers use. @throws Error before the first {@link start} */
  get url(): string {
    if (this.#port === 0) throw new Error('Sallyport was not started yet.');
    return `http://localhost:${this.#port}`;
  }

  /** Of the server. @throws Error while it does not run */
  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('Sallyport does not run.');
    return pid;
  }

  /** Everything the server wrote to its standard output and error. */
  get log(): string {
    return this.#log;
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @throws Error with the server's own words when it ends, or is not ready within two minutes
   */
  async start(): Promise<void> {
    const program = this.#program('main.js');
    if (this.#port === 0) this.#port = await freePort();
    const child = spawn(process.execPath, [program], { env: this.#environment() });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    const deadline = Date.now() + startTimeoutMs;
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await this.stop();
        throw new Error(`Sallyport did not start:\n${this.#log}`);
      }
      await wait(50);
    }
  }

  /** Ends the server as an init system does (SIGTERM), and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  /** Ends the server and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Runs an operator's command, as `pnpm sallyport …` does; the exit code tells. @throws Error where nothing is built */
  command(...args: readonly string[]): Promise<CommandResult> {
    return new Promise((resolve) => {
      const options = { env: this.#environment() };
      const child = execFile(process.execPath, [this.#program('cli.js'), ...args], options, (_, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? 129, stdout, stderr }),
      );
    });
  }

  /** Writes a seed file (contract, section 5) and runs `seed`. @throws Error when it is refused */
  async seed(seedFile: object): Promise<void> {
    const path = join(this.dataDir, 'seed.json');
    writeFileSync(path, JSON.stringify(seedFile));
    const { exitCode, stderr } = await this.command('seed', path);
    if (exitCode !== 0) throw new Error(`The seed file was refused with exit code ${exitCode}:\n${stderr}`);
  }

  #program(name: string): string {
    const program = join(this.#programs, name);
    if (!existsSync(program)) throw new Error(`The product is not built, there is no ${program}: run \`pnpm build\`.`);
    return program;
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.#port}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  /** Nothing of the caller's own settings reaches the server: it could be a DATABASE_URL. */
  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      ...(PATH === undefined ? {} : { PATH }),
      ...(HOME === undefined ? {} : { HOME }),
      PORT: String(this.#port || 3000),
      SALLYPORT_DATA_DIR: this.dataDir,
      SALLYPORT_DEMO: this.#demo ? '1' : '0',
      LOG_LEVEL: 'warn',
      // As `npx pnpm start` sets it: with the banner.
      LOG_FORMAT: 'pretty',
      ...this.#more,
    };
  }
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
