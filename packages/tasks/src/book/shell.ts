import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface Result {
  exitCode: number;
  out: string;
  err: string;
}

/** A program that a command left running. */
export interface Running {
  /** Ends it as an init system does (SIGTERM). Gives its exit code. */
  stop(): Promise<number>;
}

/** A shell that runs one command after another, as a person types them: what one exports, the next has. */
export class Shell {
  private readonly bash: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;
  private count = 0;

  /** @param folder absolute path; where the words of commands are kept */
  constructor(
    private readonly folder: string,
    options: { cwd: string; env: NodeJS.ProcessEnv },
  ) {
    this.bash = spawn('bash', ['--norc', '--noprofile'], { ...options, stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
    const [, , , answers] = this.bash.stdio;
    if (!answers || !('read' in answers)) throw new Error('The shell has no way to answer.');
    this.lines = createInterface({ input: answers });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  async run(command: string): Promise<Result> {
    const { file, answer } = await this.type(command, '$?');
    return { exitCode: Number(answer), out: wordsIn(`${file}.out`), err: wordsIn(`${file}.err`) };
  }

  /**
   * Runs what does not end, and waits until it says that it is ready.
   *
   * @throws Error with its last words when it ends before
   */
  async start(command: string, isReady: (out: string) => boolean): Promise<Running> {
    const { file, answer: pid } = await this.type(`${command} &`, '$!');
    while (!isReady(wordsIn(`${file}.out`))) {
      if (!existsSync(`/proc/${pid}`)) throw new Error(`${command} ended: ${wordsIn(`${file}.err`)}`);
      await wait(50);
    }
    return { stop: async () => (await this.run(`kill ${pid}; wait ${pid}`)).exitCode };
  }

  async close(): Promise<void> {
    const gone = once(this.bash, 'exit');
    this.bash.stdin?.end();
    await gone;
    this.lines.close();
  }

  private async type(command: string, answer: '$?' | '$!'): Promise<{ file: string; answer: string }> {
    const file = join(this.folder, String(this.count++));
    this.bash.stdin?.write(`{ ${command}\n} </dev/null >'${file}.out' 2>'${file}.err'; echo "${answer}" >&3\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`The shell ended at: ${command}`);
    return { file, answer: value };
  }
}

const wordsIn = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
