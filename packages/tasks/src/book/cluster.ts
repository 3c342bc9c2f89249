import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Where one version has all of them, the newest first; undefined where none has. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
}

/** PostgreSQL does not run as root: then as its own user, or as nobody. */
function ownUser(): number | null {
  if (process.getuid?.() !== 0) return null;
  const { status, stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : 65_534;
}

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
    const user = ownUser();
    const as = user === null ? '' : `setpriv --reuid ${user} --regid ${user} --clear-groups `;
    for (const name of PROGRAMS) {
      writeFileSync(join(bin, name), `#!/bin/sh\nexec ${as}'${join(programs, name)}' "$@"\n`);
      chmodSync(join(bin, name), 0o755);
    }
    mkdirSync(folder);
    if (user !== null) chownSync(folder, user, user);
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
