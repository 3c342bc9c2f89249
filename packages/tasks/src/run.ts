import { type StdioOptions, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './repository.js';

export interface RunOptions {
  /** Defaults to the root of the repository. */
  cwd?: string;
  /** Added to this process's own environment. */
  env?: NodeJS.ProcessEnv;
  /** `show` lets the child write to this terminal; `keep` (the default) collects what it writes. */
  output?: 'keep' | 'show';
}

export interface Finished {
  /** As a shell counts: 128 + 1 where a signal ended it or it could not be started. */
  exitCode: number;
  /** Standard output and standard error, in the order they came; empty when shown. */
  output: string;
}

/** Runs a program to its end. Never throws: a program that cannot be started is a failed one. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const stdio: StdioOptions = options.output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd ?? root, env: { ...process.env, ...options.env }, stdio });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ exitCode: 129, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ exitCode: code ?? 129, output }));
  });
}

const require = createRequire(join(root, 'package.json'));

interface CommandOptions {
  /** Where a package has several commands; its own name else. */
  command?: string;
  /** Folder of the workspace that depends on the package; the root else. */
  of?: string;
}

/**
 * The JavaScript file behind a command of an installed package, to run with `process.execPath`.
 *
 * @param name of the package
 * @throws Error when the package does not bring that command
 */
export function commandOf(name: string, { command = name, of = '.' }: CommandOptions = {}): string {
  const manifestPath = join(root, of, 'node_modules', name, 'package.json');
  const { bin } = require(manifestPath) as { bin?: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (file === undefined) throw new Error(`${name} brings no command ${command}`);
  return join(dirname(manifestPath), file);
}

/** Runs a command of an installed package with this Node. */
export const runTool = (file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  run(process.execPath, [file, ...args], options);
