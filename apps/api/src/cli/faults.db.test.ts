import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { testDatabaseKind } from '../testing/database.ts';
import { postgresTemplate } from '../testing/postgres.ts';
import { postgresUrl } from '../testing/postgres-server.ts';
import { program } from '../testing/program.ts';
import { run } from './run.ts';

/** What keeps server and commands from working is told in one line that names what to change, with the right code. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'sallyport-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const defaults = {
  DATABASE_URL: '',
  REDIS_URL: '',
  SALLYPORT_DATA_DIR: join(folder, 'data'),
  SALLYPORT_ENCRYPTION_KEYS: `key:${randomBytes(32).toString('base64')}`,
  SALLYPORT_DEMO: '0',
};

async function migrate(env: Record<string, string>): Promise<[code: number, err: string]> {
  for (const [name, value] of Object.entries({ ...defaults, ...env })) vi.stubEnv(name, value);
  let err = '';
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
  return [await run(['migrate']), err];
}

/** The server in a process of its own, to its end. */
const serve = (env: Record<string, string>) =>
  new Promise<[code: number | null, err: string]>((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...defaults, ...env, LOG_LEVEL: 'silent' } };
    const child = execFile(process.execPath, program('main'), options, (_error, _out, err) =>
      resolve([child.exitCode, err]),
    );
  });

if (testDatabaseKind() === 'embedded') {
  describe('a data folder', () => {
    test('that is a file is named', async () => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      expect(await migrate({ SALLYPORT_DATA_DIR: file })).toEqual([
        78,
        'SALLYPORT_DATA_DIR takes a folder that this user can read and write (ENOTDIR).\n',
      ]);
    });

    test('with something else for a database is named, with what PGlite says', async () => {
      const dataDir = brokenFolder();
      expect(await migrate({ SALLYPORT_DATA_DIR: dataDir })).toEqual([
        78,
        expect.stringMatching(/^The database in SALLYPORT_DATA_DIR, .*, cannot be opened: PGlite .*\n$/),
      ]);
    });

    test('on a full disk is named', async () => {
      const dataDir = brokenFolder();
      // Every write to it ends as on a full disk, which PGlite does not tell apart.
      symlinkSync('/dev/full', join(dataDir, 'probe'));
      expect(await migrate({ SALLYPORT_DATA_DIR: dataDir })).toEqual([
        74,
        `The disk of SALLYPORT_DATA_DIR, ${dataDir}, takes no more (ENOSPC).\n`,
      ]);
    });
  });

  function brokenFolder(): string {
    const dataDir = mkdtempSync(join(folder, 'broken-'));
    mkdirSync(join(dataDir, 'database'));
    writeFileSync(join(dataDir, 'database', 'PG_VERSION'), '9');
    return dataDir;
  }
} else {
  const role = `sallyport_test_${randomBytes(4).toString('hex')}`;
  const database = `sallyport_test_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  // The environment changes below.
  const server = postgresUrl();
  const urlOf = (change: (url: URL) => void, name = database): string => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    change(url);
    return url.href;
  };
  const asRole = (url: URL): void => {
    url.username = '';
    url.searchParams.set('user', role);
  };
  async function administer(sql: string, name = ''): Promise<void> {
    const admin = new pg.Client({ connectionString: name ? urlOf(() => {}, name) : server });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  }
  beforeAll(async () => {
    await administer(`CREATE ROLE ${role} LOGIN`);
    await administer(`CREATE DATABASE ${database} TEMPLATE ${await postgresTemplate()}`);
  });
  afterAll(async () => {
    await administer(`DROP DATABASE ${database} WITH (FORCE)`);
    await administer(`DROP ROLE ${role}`);
  });

  describe('DATABASE_URL', () => {
    test.each<[string, string, RegExp]>([
      ['a database that is not there', urlOf(() => {}, 'no_such'), /database "no_such" does not exist \(3D000\)/],
      [
        'a role that is not there',
        urlOf((url) => url.searchParams.set('user', 'nobody_here')),
        /role "nobody_here" does not exist \(28000\)/,
      ],
      [
        'a server without TLS',
        urlOf((url) => url.searchParams.set('sslmode', 'require')),
        /the server does not offer TLS/,
      ],
      ['a role without rights', urlOf(asRole), /permission denied for table _prisma_migrations \(42501\)/],
    ])('with %s is named, with what the database says', async (_, url, words) => {
      const [code, err] = await migrate({ DATABASE_URL: url });
      expect([code, err]).toEqual([78, expect.stringMatching(/^DATABASE_URL cannot be used: [^\n]+\n$/)]);
      expect(err).toMatch(words);
    });

    test('with a role that may not create tables is told by the migration that failed for it', async () => {
      const empty = `${database}_empty`;
      await administer(`CREATE DATABASE ${empty} TEMPLATE template0`);
      try {
        const [code, err] = await migrate({ DATABASE_URL: urlOf(asRole, empty) });
        expect([code, err]).toEqual([
          78,
          expect.stringMatching(
            /^DATABASE_URL: The table of migrations cannot be used: permission denied [^\n]+\(42501\)\.\n$/,
          ),
        ]);
      } finally {
        await administer(`DROP DATABASE ${empty} WITH (FORCE)`);
      }
    });

    test('with the database of a newer program is refused, by server and commands', async () => {
      const insert = `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
        VALUES ('newer', '', now(), '99990101000000_newer', 1)`;
      await administer(insert, database);
      const refused = [
        78,
        expect.stringMatching(/^This program is older than its database, .*99990101000000_newer.*\n$/),
      ];
      expect(await migrate({ DATABASE_URL: urlOf(() => {}) })).toEqual(refused);
      expect(await serve({ DATABASE_URL: urlOf(() => {}), PORT: '0' })).toEqual(refused);
      await administer(`DELETE FROM _prisma_migrations WHERE id = 'newer'`, database);
    });
  });

  describe('an address that cannot be bound', () => {
    test('is named', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const env = { DATABASE_URL: urlOf(() => {}) };
      const outcomes = await Promise.all([
        serve({ ...env, PORT: String(port) }),
        serve({ ...env, PORT: '0', HOST: '203.0.113.7' }),
        serve({ ...env, PORT: '0', HOST: 'no-such-host.invalid' }),
      ]);
      other.close();
      expect(outcomes).toEqual([
        [69, `Port ${port} of 127.0.0.1 is in use. Set PORT to another.\n`],
        [78, 'HOST 203.0.113.7 is no address of this machine (EADDRNOTAVAIL).\n'],
        [78, expect.stringMatching(/^HOST no-such-host.invalid is no address of this machine \(E\w+\)\.\n$/)],
      ]);
    });
  });
}
