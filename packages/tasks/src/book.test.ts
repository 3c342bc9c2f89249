import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Api, accepted } from '@sallyport/testkit/api';
import { type Enrolled, enroll, newPassword } from '@sallyport/testkit/people';
import { freePort } from '@sallyport/testkit/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { browserAt } from './book/browser.ts';
import { bookPrograms, Cluster } from './book/cluster.ts';
import { type Page, readBook, readPage, splitCommands } from './book/commands.ts';
import { reasonNotToRun } from './book/not-run.ts';
import { isRunnable, type Reader, Sandbox } from './book/sandbox.ts';
import type { Running } from './book/shell.ts';
import { root } from './repository.js';

// Each command is a process, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const book = readBook();
const page = (name: string): Page => {
  const found = book.find(({ path }) => path === `operators/${name}.md`);
  if (found === undefined) throw new Error(`The book has no page ${name}.`);
  return found;
};

const programs = bookPrograms();
let sandbox: Sandbox;
let origin: string;
let databasePort: number;

beforeAll(async () => {
  const port = await freePort();
  databasePort = await freePort();
  origin = `http://localhost:${port}`;
  sandbox = new Sandbox({ '127.0.0.1:3000': `127.0.0.1:${port}`, 'db.example.com': `127.0.0.1:${databasePort}` });
});
afterAll(() => sandbox.dispose());

describe('the pages', () => {
  test('are all in the index, and every link in them leads somewhere', () => {
    const [index, ...pages] = book;
    const linked = new Set(index?.links);
    for (const { path } of pages.filter((one) => dirname(one.path) === 'operators'))
      expect([...linked]).toContain(path);
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-');
    for (const { path, links } of book) {
      for (const link of links.filter((one) => !/^https?:/.test(one))) {
        const [file = '', fragment] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        expect(existsSync(join(root, 'docs', target)), `${path}: ${link}`).toBe(true);
        if (fragment === undefined) continue;
        expect(readPage(target).headings.map(slug), link).toContain(fragment);
      }
    }
  });

  test('have no command that is neither run nor in the table of those that are not, with a reason', () => {
    const strange = book.flatMap(({ commands }) =>
      commands.filter((one) => reasonNotToRun(one.text) === null && !isRunnable(one)),
    );
    expect(strange).toEqual([]);
    expect(reasonNotToRun('helm install sallyport')).toBeNull();
    expect(splitCommands('one \\\n  two\n# no command\ncat <<END\nthree\nEND\nfour')).toEqual([
      'one \\\n  two',
      'cat <<END\nthree\nEND',
      'four',
    ]);
  });
});

test('on the embedded database: a key, a backup and its restore', async () => {
  const reader = sandbox.shell({ SALLYPORT_DATA_DIR: sandbox.path('var/data'), SALLYPORT_DEMO: '0' });
  const [key] = await reader.follow(page('configure'), 'Configure');
  expect(key?.out).toMatch(/^k1:[A-Za-z0-9+/]{43}=\n$/);
  await reader.run('sallyport organizations create harbour Harbour');
  await reader.follow(page('back-up'), 'The embedded database');
  await reader.run('sallyport organizations create pier Pier');
  const said = await reader.follow(page('recover'), 'The embedded database');
  // That of the second organization is gone.
  expect(said.at(-1)?.out).toMatch(/^1 event, all in order\./);
});

/** The tests of a cluster follow one another, as the chapters do. */
describe.skipIf(programs === null)('on PostgreSQL (skipped where its programs are not)', () => {
  const admin = { id: '', email: 'pat@northwind.example', name: 'Pat', password: newPassword() };
  let cluster: Cluster;
  let reader: Reader;
  let server: Running;
  let pat: Enrolled;
  /** Where Pat signed in before the moment to which the cluster goes back. */
  let earlier: Api;

  const passwordStep = async (): Promise<Api> => {
    const browser = browserAt(origin);
    const { email, password } = admin;
    expect(accepted(await browser.POST('/api/v1/auth/login', { body: { email, password } })).status).toBe(
      'mfa_required',
    );
    return browser;
  };
  /** Signs in; the status that the code was answered with. */
  const spend = async (code: string, method: 'totp' | 'backup_code' = 'backup_code') => {
    const browser = await passwordStep();
    const { response } = await browser.POST('/api/v1/auth/login/mfa', { body: { method, code } });
    return { browser, status: response.status };
  };
  const backupCode = (index: number): string => pat.backupCodes[index] ?? '';
  const isSignedIn = async (browser: Api): Promise<boolean> =>
    (await browser.GET('/api/v1/me')).response.status === 200;
  const psql = async (sql: string): Promise<string> =>
    (await reader.run(`psql sallyport --tuples-only --no-align --command "${sql}"`)).out.trim();

  beforeAll(() => {
    cluster = Cluster.start({
      folder: sandbox.path('postgresql'),
      programs: programs ?? '',
      bin: sandbox.bin,
      port: databasePort,
    });
    reader = sandbox.shell({
      ...cluster.env,
      PORT: new URL(origin).port,
      // Other tests may keep the machine from answering.
      DATABASE_WAIT_MS: '60000',
      SALLYPORT_DATA_DIR: sandbox.path('var/server'),
    });
  });
  afterAll(async () => {
    await server?.stop();
    cluster?.stop();
  });

  test('install: two roles, the first admin by a link, and a server', async () => {
    // What root makes is for PostgreSQL's user too, as whom the book has people make it.
    await reader.run('umask 0');
    await reader.follow(page('install'), 'The product in a folder');
    const said = await reader.follow(page('install'), 'Set-up, migration and start on PostgreSQL');
    const token = /accept-invitation#token=(\S+)/.exec(said.map(({ out }) => out).join(''))?.[1] ?? '';
    server = await reader.startServer(page('install'));
    const body = { token, password: admin.password };
    const { response } = await browserAt(origin).POST('/api/v1/auth/invitation/accept', { body });
    expect(response.status).toBe(204);
    pat = await enroll(browserAt(origin), admin);
  });

  test('watch: what the server tells, and a head of the audit log', async () => {
    const [ready, metrics, doctor] = await reader.follow(page('watch'), 'Health, metrics and logs');
    expect(ready?.out).toContain('"status":"ready"');
    expect(metrics?.out).toContain('sallyport_build_info');
    expect(doctor?.out).toContain('the encryption keys fit the database');
    await reader.follow(page('watch'), 'The audit log');
  });

  test('alerts: what their pages have people run', async () => {
    for (const one of book.filter(({ path }) => path.startsWith('operators/alerts'))) {
      for (const heading of new Set(one.commands.map((command) => command.heading))) await reader.follow(one, heading);
    }
  });

  test('back up: the log is archived, the cluster copied while it works, and a moment named', async () => {
    await reader.follow(page('back-up'), 'PostgreSQL', {
      before: async (text) => {
        // After the copy, and before the moment: only the log has it.
        if (!text.startsWith('sallyport audit head')) return;
        const signedIn = await spend(backupCode(0));
        expect(signedIn.status).toBe(200);
        earlier = signedIn.browser;
        const isSealed = 'SELECT max(e.sequence) <= max(h.last_sequence) FROM audit_events e, audit_head h';
        await vi.waitUntil(async () => (await psql(isSealed)) === 't', { timeout: 30_000, interval: 200 });
      },
    });
    expect(await psql('SELECT archived_count > 0, failed_count FROM pg_stat_archiver')).toBe('t|0');
  });

  test('harm is done after that moment', async () => {
    expect((await spend(backupCode(1))).status).toBe(200);
    expect((await earlier.POST('/api/v1/auth/logout')).response.status).toBe(204);
    expect(await isSignedIn(earlier)).toBe(false);
    await reader.run('psql sallyport --command "TRUNCATE users CASCADE"');
    expect(await psql('SELECT count(*) FROM users')).toBe('0');
    expect(await server.stop()).toBe(0);
  });

  test('recover: the cluster goes back to the moment, and the log of then is whole', async () => {
    const said = await reader.follow(page('recover'), 'PostgreSQL, to a point in time');
    expect(said.at(-1)?.out).toMatch(/^\d+ events, all in order\./);
    // What comes back, as the book says: the session that was signed out is one of two, with that of the enrolment.
    const [ended] = await reader.follow(page('recover'), 'What comes back');
    expect(ended?.out).toMatch(/^Ended 2 sessions\./);
    server = await reader.startServer(page('install'));
    expect(await isSignedIn(earlier)).toBe(false);
    expect((await earlier.POST('/api/v1/auth/refresh')).response.status).toBe(401);
    expect((await spend(await pat.authenticator.nextCode(), 'totp')).status).toBe(200);
    // Spent before the moment, and after it.
    expect((await spend(backupCode(0))).status).toBe(401);
    expect((await spend(backupCode(1))).status).toBe(200);
  });

  test('recover: who cannot get in does again', async () => {
    await reader.follow(page('recover'), 'People who cannot get in');
    // Without the factor that was reset.
    const { email, password } = admin;
    const body = { email, password };
    expect(accepted(await browserAt(origin).POST('/api/v1/auth/login', { body })).status).toBe('authenticated');
  });

  test('upgrade: migrated and put in place beside a server that runs on', async () => {
    sandbox.layProduct('opt/sallyport-next');
    await reader.run(
      `export MIGRATION_DATABASE_URL=postgres://sallyport_owner:the-owners-password@db.example.com/sallyport`,
    );
    await reader.follow(page('upgrade'), 'Upgrade');
    await reader.run('unset MIGRATION_DATABASE_URL');
    expect(await server.stop()).toBe(0);
  });

  test('recover: a dump takes the place of the database', async () => {
    const said = await reader.follow(page('recover'), 'PostgreSQL, from a dump');
    expect(said.at(-1)?.out).toMatch(/^\d+ events, all in order\./);
  });

  test('rotate: every secret under the new key, and the old one is gone', async () => {
    await reader.follow(page('rotate'), 'The encryption keys');
    const keys = sandbox.path('etc/sallyport/encryption-keys');
    expect(readFileSync(keys, 'utf8')).toMatch(/^k2:[^\n]+\n$/);
    const rotateSigning = 'sallyport keys rotate-signing';
    await reader.follow(page('rotate'), 'The signing keys', { exitCodes: { [rotateSigning]: 75 } });
    await psql(`UPDATE signing_keys SET created_at = now() - interval '2 hours'`);
    expect((await reader.run(rotateSigning)).exitCode).toBe(0);
    // As the file says of itself.
    expect((await reader.run('sallyport audit verify')).exitCode).toBe(0);
  });
});

test.skipIf(programs === null)('every command of the book was run, but for those in the table', () => {
  const left = book.flatMap(({ commands }) =>
    commands.filter((one) => reasonNotToRun(one.text) === null && !sandbox.ran.has(one)),
  );
  expect(left).toEqual([]);
});
