import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPrograms, postgresUser } from '@sallyport/testkit/postgres-programs';

/** What the book and its test run of PostgreSQL. */
const PROGRAMS = [
  'createdb',
  'initdb',
  'pg_archivecleanup',
  'pg_basebackup',
  'pg_ctl',
  'pg_dump',
  'pg_restore',
  'pg_verifybackup',
  'psql',
];

/** Where they lie; null where one is missing. */
export const bookPrograms = (): string | null => postgresPrograms(PROGRAMS);

interface ClusterOptions {
  /** Absolute path of a folder that every user may enter; the cluster lies in it. */
  folder: string;
  /** Where PostgreSQL's programs lie. */
  programs: string;
  /** Absolute path of a folder that gets those programs, so that each runs as PostgreSQL's user. */
  bin: string;
  port: number;
}

/** A PostgreSQL cluster of a test's own, with a superuser who comes in through its socket without a password. */
export class Cluster {
  private constructor(
    private readonly pgCtl: string,
    /** For psql and its like, to find the cluster. */
    readonly env: Readonly<Record<'PGDATA' | 'PGHOST' | 'PGPORT' | 'PGUSER', string>>,
  ) {}

  /** Makes and starts one. @throws Error with the exit code of the program that failed */
  static start({ folder, programs, bin, port }: ClusterOptions): Cluster {
    const user = postgresUser();
    const as = user === null ? '' : `setpriv --reuid ${user.uid} --regid ${user.gid} --clear-groups `;
    for (const name of PROGRAMS) {
      writeFileSync(join(bin, name), `#!/bin/sh\nexec ${as}'${join(programs, name)}' "$@"\n`);
      chmodSync(join(bin, name), 0o755);
    }
    mkdirSync(folder);
    if (user !== null) chownSync(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const run = (name: string, ...args: string[]) =>
      // What pg_ctl leaves running keeps its output, and would keep a pipe open.
      execFileSync(join(bin, name), args, { cwd: folder, stdio: 'ignore' });
    // Small segments of the log, as each is copied: to the archive, with each copy of the cluster, and back.
    const options = ['--wal-segsize=1', '--auth-local=trust', '--auth-host=scram-sha-256', '--username=postgres'];
    run('initdb', `--pgdata=${data}`, '--encoding=UTF8', '--no-sync', ...options);
    const settings = [
      `port = ${port}`,
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = '${folder}'`,
      // The machine does not lose its power in the midst of a test.
      'fsync = off',
    ];
    appendFileSync(join(data, 'postgresql.conf'), `${settings.join('\n')}\n`);
    run('pg_ctl', 'start', `--pgdata=${data}`, `--log=${join(data, 'log')}`);
    return new Cluster(join(bin, 'pg_ctl'), {
      PGDATA: data,
      PGHOST: folder,
      PGPORT: String(port),
      PGUSER: 'postgres',
    });
  }

  /** Ends it at once; does nothing where it does not run. */
  stop(): void {
    spawnSync(this.pgCtl, ['stop', `--pgdata=${this.env.PGDATA}`, '--mode=immediate'], { stdio: 'ignore' });
  }
}
