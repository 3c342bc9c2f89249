import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What a contributor's checkout needs to run; its packages are those of this one. */
const parts = ['apps', 'packages', 'prisma', 'package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
const configs = ['prisma.config.ts', 'tsconfig.json', 'tsconfig.base.json'];
const left = new Set(['dist', '.dev', 'test-results', '.vite', '.vite-temp']);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A checkout of this repository as it is now, in which sources may be changed while others read those of this one. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'sallyport-checkout-'));
  /** What the terminal has shown. */
  log = '';
  url = '';
  #running: ChildProcess | null = null;

  constructor() {
    for (const part of [...parts, ...configs]) {
      cpSync(join(root, part), join(this.folder, part), {
        recursive: true,
        // The packages of a workspace are links into those of the root, also in the copy.
        verbatimSymlinks: true,
        filter: (path) => !left.has(basename(path)),
      });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    // What was made of the same sources counts here as it does there.
    for (const made of readdirSync(join(root, '.cache')).filter((name) => /^(stamps|embedded-.{12})$/.test(name))) {
      cpSync(join(root, '.cache', made), join(this.folder, '.cache', made), { recursive: true });
    }
  }

  /** Changes a file; the new text is given back for a second change. */
  change(file: string, edit: (text: string) => string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    const edited = edit(text);
    if (edited === text) throw new Error(`Nothing changes in ${file}`);
    writeFileSync(path, edited);
  }

  /** `pnpm dev`, in the moment in which it is ready. @throws Error with its own words where it ends before that */
  async develop(): Promise<void> {
    const port = await freePort();
    this.url = `http://localhost:${port}`;
    const { PATH = '', HOME = '' } = process.env;
    // As package.json says; pnpm itself would first want to install here.
    const dev = spawn(process.execPath, ['--import', 'tsx', 'packages/tasks/src/dev.ts'], {
      cwd: this.folder,
      env: { PATH, HOME, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running = dev;
    for (const stream of [dev.stdout, dev.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    }
    await new Promise<void>((resolve, reject) => {
      dev.stdout.on('data', () => this.log.includes('is ready at') && resolve());
      dev.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${this.log}`)));
    });
  }

  /** Ends it as Ctrl-C does. @returns its exit code */
  async stop(): Promise<number | null> {
    const running = this.#running;
    this.#running = null;
    if (running === null) return null;
    const closed = once(running, 'close');
    running.kill('SIGINT');
    await closed;
    return running.exitCode;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
