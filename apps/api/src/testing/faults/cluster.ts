import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresPrograms, postgresUser } from '@sallyport/testkit/postgres-programs';
import { freePort } from '@sallyport/testkit/server';

const execute = promisify(execFile);
/** A PostgreSQL of the test's own, which it may harm. */
export class Cluster {
  private constructor(
    private readonly folder: string,
    private readonly bin: string,
    private readonly port: number,
  ) {}

  /** @returns null where PostgreSQL is not installed */
  static async start(): Promise<Cluster | null> {
    const bin = postgresPrograms(['initdb', 'pg_ctl']);
    if (bin === null) return null;
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-cluster-'));
    const as = postgresUser();
    if (as) chownSync(folder, as.uid, as.gid);
    const cluster = new Cluster(folder, bin, await freePort());
    try {
      await cluster.run('initdb', '-D', cluster.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C');
      await cluster.up();
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** Starts it, and waits until it takes connections. */
  async up(): Promise<void> {
    const options = `-c listen_addresses=127.0.0.1 -c port=${this.port} -c unix_socket_directories=${this.folder}`;
    await this.run('pg_ctl', '-D', this.data, '-l', join(this.folder, 'log'), '-w', '-o', options, 'start');
  }

  /** As a crash: every process ends at once, and the log is replayed at the next start. */
  async crash(): Promise<void> {
    await this.run('pg_ctl', '-D', this.data, '-m', 'immediate', '-w', 'stop');
  }

  /** Holds every process of it: connections stay, and nothing answers. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  async dispose(): Promise<void> {
    try {
      this.resume();
      await this.crash();
    } catch {
      // It is gone already.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private signal(name: NodeJS.Signals): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // A connection that ended since takes its process with it.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  /** The postmaster and its children. */
  private processes(): number[] {
    const postmaster = Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster);
    return [postmaster, ...children.map(Number)];
  }

  private async run(name: string, ...args: string[]): Promise<void> {
    const env = { PATH: process.env.PATH, LC_ALL: 'C' };
    await execute(join(this.bin, name), args, { ...postgresUser(), cwd: this.folder, env });
  }
}

function parentOf(pid: string): number | null {
  try {
    // The second field, a name in parentheses, may hold anything (proc_pid_stat(5)).
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}
