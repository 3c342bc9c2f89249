import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installBeside, Packed } from '../packages/client/src/testing/packed.ts';

const root = join(import.meta.dirname, '..');

interface Finished {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A folder outside the workspace, with a copy of an example and our packages as npm would have them. */
export class Outside {
  readonly folder = mkdtempSync(join(tmpdir(), 'sallyport-outside-'));
  readonly #example: string;
  readonly #started: ChildProcess[] = [];

  /** @param example a folder of `examples` */
  constructor(example: string) {
    this.#example = join(root, 'examples', example);
    for (const name of readdirSync(this.#example)) {
      if (['node_modules', 'test-results', 'dist'].includes(name)) continue;
      cpSync(join(this.#example, name), join(this.folder, name), { recursive: true });
    }
  }

  /** Packs one of our packages and installs it, with what it needs. */
  install(name: 'client' | 'react' | 'testkit'): Packed {
    const packed = new Packed(join(root, 'packages', name), this.folder);
    const { dependencies = {} } = packed.manifest();
    const others = Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@sallyport/'));
    installBeside(join(root, 'packages', name), this.folder, others);
    return packed;
  }

  /** What npm would install of the example's own dependencies, out of the store. */
  link(...names: readonly string[]): void {
    installBeside(this.#example, this.folder, names);
  }

  /** Links what the workspace has. @param of the package that has it, by its folder */
  linkOf(of: string, ...names: readonly string[]): void {
    installBeside(join(root, of), this.folder, names);
  }

  /** Runs a program with no more of our environment than it needs. Never throws. */
  async run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    try {
      const { stdout, stderr } = await promisify(execFile)(file, args, this.#options(env));
      return { exitCode: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { exitCode: code, stdout, stderr };
    }
  }

  /** As {@link run}, for a program that is in a package. */
  runOf(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.run(process.execPath, [this.path(program), ...args], env);
  }

  /**
   * Starts a server with Node.
   *
   * @returns the origin that it says it listens at
   * @throws Error with its own words where it ends before that
   */
  async start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const server = spawn(process.execPath, args, { ...this.#options(env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#started.push(server);
    let said = '';
    return new Promise((resolve, reject) => {
      for (const stream of [server.stdout, server.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const [origin] = /http:\/\/[\w.]+:\d+/.exec(said) ?? [];
          if (origin !== undefined) resolve(origin);
        });
      }
      server.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${said}`)));
    });
  }

  /** @param name of an installed package, or a file in one */
  path(name: string): string {
    return join(this.folder, 'node_modules', name);
  }

  /** Ends what was started, and removes everything. */
  async remove(): Promise<void> {
    const running = this.#started.filter(({ exitCode }) => exitCode === null);
    const gone = running.map((server) => once(server, 'exit'));
    for (const server of running) server.kill();
    await Promise.all(gone);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #options(more: Readonly<Record<string, string>>) {
    const { PATH = '', HOME = '' } = process.env;
    return { cwd: this.folder, env: { PATH, HOME, ...more } };
  }
}
