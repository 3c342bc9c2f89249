import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import pg from 'pg';
import { cpuSeconds } from './processes.ts';

/** The server of DATABASE_URL, else the one behind the usual socket. */
function postgresUrl(database?: string): string {
  const user = encodeURIComponent(userInfo().username);
  const url = new URL(process.env.DATABASE_URL || `postgres:///postgres?host=/var/run/postgresql&user=${user}`);
  if (database !== undefined) url.pathname = `/${database}`;
  return url.href;
}

async function administer<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** An empty database on PostgreSQL, for one contender. */
export class BenchDatabase {
  private constructor(private readonly name: string) {}

  /** @throws where there is no PostgreSQL */
  static async create(): Promise<BenchDatabase> {
    const name = `sallyport_bench_${randomBytes(6).toString('hex')}`;
    await administer((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`));
    return new BenchDatabase(name);
  }

  /** The database of that name, which an earlier run has kept, or a new one. */
  static async keep(name: string): Promise<{ database: BenchDatabase; isNew: boolean }> {
    const isNew = await administer(async (admin) => {
      const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (rowCount === 0) await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
      return rowCount === 0;
    });
    return { database: new BenchDatabase(name), isNew };
  }

  get url(): string {
    return postgresUrl(this.name);
  }

  /**
   * Does `work` and says how many seconds of processor time its connections took meanwhile; of one that was closed on the
   * way nothing is known.
   */
  async cpuSecondsOf(work: () => Promise<unknown>): Promise<number> {
    const before = await this.cpuSecondsByConnection();
    await work();
    const after = await this.cpuSecondsByConnection();
    return [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0);
  }

  private async cpuSecondsByConnection(): Promise<Map<number, number>> {
    const { rows } = await administer((admin) =>
      admin.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE datname = $1', [this.name]),
    );
    return new Map(rows.map(({ pid }) => [pid, cpuSeconds(pid)]));
  }

  async analyze(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    await client.query('ANALYZE');
    await client.end();
  }

  async drop(): Promise<void> {
    await administer((admin) => admin.query(`DROP DATABASE ${this.name} WITH (FORCE)`));
  }
}
