import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

export interface Packed {
  tarball: Buffer;
  /** Paths of the files in it. */
  files: string[];
  manifest: { dependencies: Record<string, string>; peerDependencies: Record<string, string> };
}

/** A folder outside the workspace, with a copy of an example and our packages as npm would have them. */
export class Outside {
  readonly folder = mkdtempSync(join(tmpdir(), 'sallyport-outside-'));

  constructor(example: string) {
    for (const name of readdirSync(join(root, 'examples', example))) {
      if (['node_modules', 'test-results'].includes(name)) continue;
      cpSync(join(root, 'examples', example, name), join(this.folder, name), { recursive: true });
    }
  }

  /** Packs one of our packages and unpacks it into `node_modules`. */
  async install(name: 'client' | 'testkit'): Promise<Packed> {
    await run('pnpm', ['pack', '--pack-destination', this.folder], { cwd: join(root, 'packages', name) });
    const archive = join(this.folder, `sallyport-${name}-0.1.0.tgz`);
    const installed = this.#path(`@sallyport/${name}`);
    mkdirSync(installed, { recursive: true });
    await run('tar', ['-xzf', archive, '--strip-components=1', '-C', installed]);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Packed['manifest'];
    const { stdout } = await run('tar', ['-tzf', archive]);
    return { tarball: readFileSync(archive), files: stdout.trim().split('\n'), manifest };
  }

  /** What npm would install from the registry, out of the store. @param of the workspace that has it */
  link(of: string, ...names: readonly string[]): void {
    for (const name of names) {
      mkdirSync(dirname(this.#path(name)), { recursive: true });
      symlinkSync(join(root, of, 'node_modules', name), this.#path(name));
    }
  }

  /** Runs a program of a package with this Node and no more of our environment than it needs. Never throws. */
  async run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { PATH = '', HOME = '' } = process.env;
    const options = { cwd: this.folder, env: { PATH, HOME, ...env } };
    try {
      const { stdout, stderr } = await run(process.execPath, [this.#path(program), ...args], options);
      return { exitCode: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { exitCode: code, stdout, stderr };
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  readonly #path = (name: string): string => join(this.folder, 'node_modules', name);
}
