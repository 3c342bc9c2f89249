import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../repository.js';
import type { Command, Page } from './commands.ts';
import { programOf } from './commands.ts';
import { reasonNotToRun } from './not-run.ts';
import { type Result, type Running, Shell } from './shell.ts';

/** Programs that commands of the book may start with. What is none of these is run only once it stands here. */
const PROGRAMS = [
  'cat',
  'cp',
  'createdb',
  'curl',
  'export',
  'install',
  'echo',
  'ls',
  'mkdir',
  'mv',
  'node',
  'pg_archivecleanup',
  'pg_basebackup',
  'pg_ctl',
  'pg_dump',
  'pg_restore',
  'pg_verifybackup',
  'psql',
  'sallyport',
  'sed',
  'tac',
  'touch',
  'until',
];

/** Whether the sandbox runs it; else it is in the table of what is not run, or is a fault of the book. */
export const isRunnable = ({ language, text }: Command): boolean =>
  language === 'sql' || /^oldest=/.test(text) || PROGRAMS.includes(programOf(text).replace(/^\/opt\/.+\//, ''));

const SERVER = /\/apps\/api\/dist\/main\.js$/;

/** A machine of its own, as far as the book goes: a folder stands for its root, and ports of this machine for its own. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'sallyport-book-'));
  /** First in the PATH of its shells. */
  readonly bin = join(this.folder, 'bin');
  /** The commands that ran, each once. */
  readonly ran = new Set<Command>();
  private readonly shells: Shell[] = [];

  /** @param hosts what stands for an address of the book, such as `127.0.0.1:3000` */
  constructor(private readonly hosts: Readonly<Record<string, string>>) {
    // PostgreSQL's user goes through it.
    chmodSync(this.folder, 0o755);
    for (const name of ['bin', 'work', 'words', 'etc/systemd/system', 'etc/nginx/conf.d', 'mnt/elsewhere', 'var']) {
      mkdirSync(this.path(name), { recursive: true });
    }
    this.layProduct('opt/sallyport');
    symlinkSync(this.path('opt/sallyport/bin/sallyport'), join(this.bin, 'sallyport'));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Lays the built product down as `pnpm package` does, which package.test.ts tests. @param name of a folder in it */
  layProduct(name: string): void {
    const folder = this.path(name);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    symlinkSync(join(root, 'apps'), join(folder, 'apps'));
    cpSync(join(root, 'docs/deploy'), join(folder, 'deploy'), { recursive: true });
    const command = join(folder, 'bin/sallyport');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'apps/api/dist/cli.js')}' "$@"\n`);
    chmodSync(command, 0o755);
  }

  /** A shell as a person who reads the book has it. @param env what the book takes for given */
  shell(env: Readonly<Record<string, string>>): Reader {
    const PATH = `${this.bin}:${dirname(process.execPath)}:${process.env.PATH}`;
    const options = { cwd: this.path('work'), env: { PATH, LC_ALL: 'C', LOG_LEVEL: 'info', ...env } };
    const shell = new Shell(this.path('words'), options);
    this.shells.push(shell);
    return new Reader(shell, this);
  }

  /** The command as it runs here. */
  here(text: string): string {
    const moved = text.replaceAll(/(?<![\w.])\/(opt|etc|var|mnt)\//g, `${this.folder}/$1/`);
    return Object.entries(this.hosts).reduce((whole, [host, ours]) => whole.replaceAll(host, ours), moved);
  }

  async dispose(): Promise<void> {
    for (const shell of this.shells) await shell.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface ReadOptions {
  /** Called before each command. */
  before?: (text: string) => Promise<void>;
  /** What a command ends with here, where that is not 0. */
  exitCodes?: Readonly<Record<string, number>>;
}

/** Somebody who follows the book. */
export class Reader {
  constructor(
    private readonly shell: Shell,
    private readonly sandbox: Sandbox,
  ) {}

  /**
   * Runs the commands under a heading of a page, in their order; of those that the sandbox cannot run, none.
   *
   * @returns what each said
   * @throws Error at the first that ends with another code than it should, and where there is nothing under the heading
   */
  async follow(page: Page, heading: string, { before, exitCodes = {} }: ReadOptions = {}): Promise<Result[]> {
    const commands = page.commands.filter((one) => one.heading === heading);
    if (commands.length === 0) throw new Error(`${page.path} has no command under "${heading}".`);
    const results: Result[] = [];
    for (const command of commands) {
      const { language, text } = command;
      if (reasonNotToRun(text) !== null || SERVER.test(text)) continue;
      await before?.(text);
      this.sandbox.ran.add(command);
      const result = await this.run(language === 'sql' ? sqlCommand(text) : text);
      const expected = exitCodes[text] ?? 0;
      if (result.exitCode !== expected) {
        throw new Error(`${text}\nended with ${result.exitCode}:\n${result.out}${result.err}`);
      }
      results.push(result);
    }
    return results;
  }

  run(text: string): Promise<Result> {
    return this.shell.run(this.sandbox.here(text));
  }

  /** Starts the server by the one command of the page that does. */
  async startServer(page: Page): Promise<Running> {
    const command = page.commands.find(({ text }) => SERVER.test(text));
    if (command === undefined) throw new Error(`${page.path} does not start the server.`);
    this.sandbox.ran.add(command);
    return this.shell.start(this.sandbox.here(command.text), (out) => out.includes('is ready'));
  }
}

const sqlCommand = (sql: string): string => `psql postgres --set ON_ERROR_STOP=1 <<'SQL'\n${sql}\nSQL`;
