import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Command } from 'commander';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { lockFolder } from '../platform/database/folder-lock.ts';
import { openPGlite } from '../platform/database/pglite.ts';
import { runCommand } from '../testing/command.ts';
import { buildProgram } from './program.ts';

// Each command opens the database anew, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

/** Commands on one embedded database, one after another, as `main.ts` runs them; processes.test.ts has processes. */
const folder = mkdtempSync(join(tmpdir(), 'sallyport-cli-'));
const dataDir = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const [oldKey, laterKey] = [newKey('old'), newKey('new')];
/** What the environment of every command has. */
let encryptionKeys = oldKey;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const sallyport = (args: readonly string[], more: Record<string, string> = {}) =>
  runCommand(args, {
    DATABASE_URL: '',
    REDIS_URL: '',
    SALLYPORT_DATA_DIR: dataDir,
    SALLYPORT_ENCRYPTION_KEYS: encryptionKeys,
    SALLYPORT_DEMO: '0',
    ...more,
  });

function write(name: string, content: string | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Looks into the database, or damages it, while nobody has it open. */
async function withDatabase<T>(work: (pglite: PGlite) => Promise<T>): Promise<T> {
  const pglite = await openPGlite(join(dataDir, 'database'));
  try {
    return await work(pglite);
  } finally {
    await pglite.close();
  }
}

function mails(): string[] {
  const outbox = join(dataDir, 'outbox');
  if (!existsSync(outbox)) return [];
  return readdirSync(outbox).map((file) => readFileSync(join(outbox, file), 'utf8'));
}

const admin = {
  email: 'pat@northwind.example',
  name: 'Pat',
  role: 'admin',
  access: 'read_write',
  password: 'Passw0rd!',
};
const sam = { email: 'sam@acme.example', name: 'Sam', role: 'member', access: 'read_only' };
const seedFile = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind MSP',
      domains: ['northwind.example'],
      settings: { localSignInEnabled: true },
      users: [admin],
      customers: [{ slug: 'acme', name: 'Acme', domains: ['acme.example'], users: [sam] }],
    },
  ],
};

describe('a wrong command line, file or environment', () => {
  test('help is no fault, and every command has it', async () => {
    const help = await sallyport(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    const { commands } = buildProgram();
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands.map((one) => one.name())) {
      expect(help.out).toContain(`\n  ${command} `);
    }
    expect(await sallyport(['users', 'import', '--help'])).toMatchObject({ code: 0, err: '' });
  });

  test('the book for operators has each command in its table, once, and names none that is not there', () => {
    const docs = join(import.meta.dirname, '../../../../docs');
    const leaves = (of: Command, path: string[] = []): string[] =>
      of.commands.length === 0
        ? [path.join(' ')]
        : of.commands.flatMap((command) => leaves(command, [...path, command.name()]));
    const all = leaves(buildProgram());
    const nameOf = (usage: string): string => usage.replace(/^sallyport /, '').split(/ (?:[A-Z]|--)/)[0] ?? '';
    const rows = readFileSync(join(docs, 'operators/commands.md'), 'utf8').matchAll(/^\| (`.+?`) +\|/gm);
    const inTable = [...rows].flatMap(([, names = '']) => names.split(', ').map((name) => nameOf(name.slice(1, -1))));
    expect(inTable.toSorted()).toEqual(all.toSorted());
    for (const page of readdirSync(join(docs, 'operators'), { recursive: true, encoding: 'utf8' })) {
      if (!page.endsWith('.md')) continue;
      const named = readFileSync(join(docs, 'operators', page), 'utf8').matchAll(/`(sallyport [a-z][^`\n]*)`/g);
      for (const [, usage = ''] of named)
        expect([page, usage, all.some((name) => `${usage} `.startsWith(`sallyport ${name} `))]).toEqual([
          page,
          usage,
          true,
        ]);
    }
  });

  test.each([[[]], [['sed']], [['seed']], [['seed', 'a', 'b']], [['audit', 'verify', '--fast']]])(
    '%j ends with EX_USAGE',
    async (args) => {
      expect(await sallyport(args)).toMatchObject({ code: 64, out: '' });
    },
  );

  test('a bad environment ends with EX_CONFIG and names the variables', async () => {
    const { code, err } = await sallyport(['migrate'], { PORT: 'x', SALLYPORT_ENCRYPTION_KEYS: 'hunter2' });
    expect(code).toBe(78);
    expect(err.split('\n').map((line) => line.split(' ')[0])).toEqual(['PORT', 'SALLYPORT_ENCRYPTION_KEYS', '']);
    expect(err).not.toContain('hunter2');
  });

  test('a file that is not there ends with EX_NOINPUT', async () => {
    expect(await sallyport(['seed', 'none.json'])).toEqual({
      code: 66,
      out: '',
      err: 'none.json cannot be read (ENOENT).\n',
    });
    expect(await sallyport(['users', 'import', 'none.csv'])).toMatchObject({ code: 66 });
    expect(await sallyport(['backup', 'none.tar.gz'])).toMatchObject({ code: 66 });
  });

  test('a seed file that does not fit ends with EX_DATAERR and the pointer of each fault', async () => {
    const file = write('bad.json', { partners: [{ slug: 'northwind', users: [{ ...admin, role: 'king' }] }] });
    expect(await sallyport(['seed', file])).toEqual({
      code: 65,
      out: '',
      err: '/partners/0/name is missing\n/partners/0/users/0/role must be one of admin, member\n',
    });
  });

  test.each([
    ['', ['line 1: the column email is missing']],
    [
      'email,name,organization,role,colour\n',
      ['line 1: the column access is missing', 'line 1: the column "colour" is not known'],
    ],
    [
      'email,name,organization,role,access\na,b,c\n',
      ['line 2: is not well-formed CSV (CSV_RECORD_INCONSISTENT_COLUMNS)'],
    ],
    ['email,name,organization,role,access\n"a,b\n', ['line 2: is not well-formed CSV (CSV_QUOTE_NOT_CLOSED)']],
  ])('the CSV file %j ends with EX_DATAERR', async (text, lines) => {
    const { code, err } = await sallyport(['users', 'import', write('bad.csv', text)]);
    expect(code).toBe(65);
    expect(err.split('\n')).toEqual(expect.arrayContaining(lines));
  });

  test('a PostgreSQL that does not answer ends with EX_UNAVAILABLE', async () => {
    const env = { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' };
    const { code, err } = await sallyport(['migrate'], env);
    expect([code, err]).toEqual([69, 'The database does not answer.\n']);
    expect(await sallyport(['backup', 'file'], env)).toMatchObject({ code: 64 });
  });
});

describe('on one embedded database', () => {
  test('seed makes it, and a second run changes nothing', async () => {
    const file = write('seed.json', seedFile);
    expect(await sallyport(['seed', file])).toEqual({
      code: 0,
      out: 'Created 2 organizations and 2 users, updated 0 organizations and 0 users, verified 2 domains.\n',
      err: '',
    });
    const again = await sallyport(['seed', file, '--json']);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(Object.values(JSON.parse(again.out))).toEqual([0, 0, 0, 0, 0]);
    expect(await sallyport(['migrate', '--json'])).toMatchObject({ code: 0, out: '{"applied":[],"pending":[]}\n' });
  });

  test('users import invites by mail, which mail deliver sends', async () => {
    const text = 'organization,email,name,role,access\nacme,mia@acme.example,"Mia, of Acme",member,read_only\n';
    const file = write('users.csv', text);
    expect(await sallyport(['users', 'import', file, '--dry-run'])).toMatchObject({
      code: 0,
      out: '1 user can be imported. Nothing was written.\n',
    });
    expect(await sallyport(['users', 'import', file])).toEqual({
      code: 0,
      out: 'Created 1 user, 1 of them with an invitation by mail.\n',
      err: '1 mail waits for the server, or for `sallyport mail deliver`.\n',
    });
    expect(mails()).toEqual([]);
    expect(await sallyport(['mail', 'deliver'])).toEqual({ code: 0, out: 'Handed on 1 mail.\n', err: '' });
    expect(mails()).toEqual([expect.stringContaining('mia@acme.example')]);
    expect(await sallyport(['users', 'import', file])).toEqual({
      code: 65,
      out: '',
      err: 'line 2: email belongs to a user already\n',
    });
  });

  test('mfa reset and local-sign-in enable say what they did', async () => {
    expect(await sallyport(['mfa', 'reset', 'nobody@acme.example'])).toMatchObject({ code: 65, out: '' });
    expect(await sallyport(['mfa', 'reset', sam.email])).toEqual({
      code: 65,
      out: '',
      err: 'Two-factor authentication is not enabled.\n',
    });
    expect(await sallyport(['local-sign-in', 'enable', 'nowhere'])).toMatchObject({ code: 65, out: '' });
    await withDatabase((pglite) => pglite.exec(`UPDATE organizations SET local_sign_in_enabled = false`));
    expect(await sallyport(['local-sign-in', 'enable', 'acme'])).toEqual({
      code: 0,
      out: 'Users of acme may sign in with a password again.\n',
      err: '',
    });
  });

  test('a partner, its customer and their first admins are made without a password in a file or a mail', async () => {
    const sent = mails().length;
    expect(await sallyport(['organizations', 'create', 'No slug', 'X'])).toMatchObject({ code: 64 });
    expect(await sallyport(['organizations', 'create', 'harbour', ' '])).toMatchObject({ code: 64 });
    expect(await sallyport(['organizations', 'create', 'harbour', 'Harbour'])).toMatchObject({ code: 0, err: '' });
    expect(await sallyport(['organizations', 'create', 'harbour', 'Harbour'])).toMatchObject({ code: 65, out: '' });
    const customer = ['organizations', 'create', 'pier', 'Pier', '--partner'];
    expect(await sallyport([...customer, 'nobody'])).toMatchObject({ code: 65, out: '' });
    expect(await sallyport([...customer, 'acme'])).toMatchObject({ code: 65, out: '' });
    expect(JSON.parse((await sallyport([...customer, 'harbour', '--json'])).out)).toMatchObject({ kind: 'customer' });
    const invite = ['users', 'invite-admin', 'Ola@Harbour.example', '--organization'];
    expect(await sallyport([...invite, 'nowhere'])).toMatchObject({ code: 65, out: '' });
    const invited = await sallyport([...invite, 'harbour', '--json']);
    expect(invited).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(invited.out).link).toMatch(/^http:\/\/localhost:3000\/accept-invitation#token=/);
    expect(await sallyport(['users', 'invite-admin', sam.email, '--organization', 'harbour'])).toMatchObject({
      code: 65,
      err: `${sam.email} belongs to a user already.\n`,
    });
    expect(mails()).toHaveLength(sent);
  });

  test('users unlock and sessions end say what they did, and keys rotate-signing waits an hour', async () => {
    expect(await sallyport(['users', 'unlock', 'nobody@acme.example'])).toMatchObject({ code: 65, out: '' });
    expect(await sallyport(['users', 'unlock', sam.email])).toMatchObject({ code: 0 });
    expect(await sallyport(['sessions', 'end', 'nobody@acme.example'])).toMatchObject({ code: 65, out: '' });
    expect(await sallyport(['sessions', 'end', sam.email, '--json'])).toMatchObject({ code: 0, out: '{"ended":0}\n' });
    for (const args of [[], [sam.email, '--all']]) {
      expect(await sallyport(['sessions', 'end', ...args])).toMatchObject({ code: 64, out: '' });
    }
    expect(await sallyport(['mail', 'deliver', '--json'])).toMatchObject({ out: '{"delivered":1,"waiting":0}\n' });
    expect(await sallyport(['keys', 'rotate-signing'])).toMatchObject({ code: 75, out: '' });
    await withDatabase((pglite) => pglite.exec(`UPDATE signing_keys SET created_at = now() - interval '2 hours'`));
    expect(await sallyport(['keys', 'rotate-signing'])).toMatchObject({ code: 0, err: '' });
  });

  test('what only reads applies no migration and delivers no mail', async () => {
    const name = (
      await withDatabase((pglite) =>
        pglite.query<{ name: string }>(`
        UPDATE _prisma_migrations SET rolled_back_at = now()
        WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations) RETURNING migration_name AS name`),
      )
    ).rows[0]?.name;
    const csv = write('dry.csv', 'organization,email,name,role,access\nacme,dry@acme.example,Dry,member,read_only\n');
    const lacking = { code: 78, out: '', err: 'The database lacks migrations: run `sallyport migrate` first.\n' };
    expect(await sallyport(['audit', 'verify'])).toEqual(lacking);
    expect(await sallyport(['users', 'import', csv, '--dry-run'])).toEqual(lacking);
    // What writes leaves the tables of a database that has some to `migrate`.
    expect(await sallyport(['mfa', 'reset', sam.email])).toEqual(lacking);

    await withDatabase(async (pglite) => {
      await pglite.query(`UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE migration_name = $1`, [name]);
      await pglite.exec(`INSERT INTO outgoing_mails (id, message, attempts, next_attempt_at, created_at)
        VALUES (gen_random_uuid(), '', 0, now(), now())`);
    });
    expect(await sallyport(['audit', 'verify'])).toMatchObject({ code: 0 });
    expect(await sallyport(['users', 'import', csv, '--dry-run'])).toMatchObject({ code: 0 });
    const waiting = await withDatabase((pglite) => pglite.query(`DELETE FROM outgoing_mails RETURNING attempts`));
    expect(waiting.rows).toEqual([{ attempts: 0 }]);
  });

  test('a database that is not there is not made by what only reads it', async () => {
    const missing = { SALLYPORT_DATA_DIR: join(folder, 'none') };
    expect(await sallyport(['audit', 'verify'], missing)).toMatchObject({ code: 66, out: '' });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('SEC-54: what another has open ends with EX_TEMPFAIL in one line', async () => {
    const release = lockFolder(dataDir);
    for (const args of [['seed', write('seed.json', seedFile)], ['migrate'], ['audit', 'verify'], ['backup', 'file']]) {
      const { code, out, err } = await sallyport(args);
      expect([code, out]).toEqual([75, '']);
      expect(err).toMatch(/^[^\n]+\n$/);
    }
    release();
  });

  test('SEC-54: a backup is restored where no database is, with its keys', async () => {
    const file = join(folder, 'backup.tar.gz');
    expect(await sallyport(['backup', file])).toMatchObject({ code: 0, err: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const copy = { SALLYPORT_DATA_DIR: join(folder, 'copy') };
    const restored = (env: Record<string, string>) => sallyport(['restore', file], { ...copy, ...env });
    expect(await restored({ SALLYPORT_ENCRYPTION_KEYS: '' })).toMatchObject({ code: 78, out: '' });
    expect(await restored({})).toMatchObject({ code: 0, err: '' });
    expect(await restored({})).toMatchObject({ code: 73, out: '' });
    const verified = await sallyport(['audit', 'verify', '--json'], copy);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
    expect(await sallyport(['restore', write('seed.json', seedFile), '--replace'], copy)).toMatchObject({
      code: 65,
      out: '',
    });
  });

  test('SEC-55: keys that are not those of a backup are told before anything takes its place', async () => {
    const file = join(folder, 'backup.tar.gz');
    const before = readdirSync(dataDir);
    const [, stranger = ''] = newKey('').split(':');
    const wrongKeys = { missing: laterKey, 'of the same name': `old:${stranger}` };
    for (const keys of Object.values(wrongKeys)) {
      const refused = await sallyport(['restore', file, '--replace'], { SALLYPORT_ENCRYPTION_KEYS: keys });
      expect(refused).toEqual({
        code: 78,
        out: '',
        err: expect.stringMatching(/^SALLYPORT_ENCRYPTION_KEYS: "old" .+\n$/),
      });
    }
    expect(readdirSync(dataDir)).toEqual(before);
    const nowhere = { SALLYPORT_DATA_DIR: join(folder, 'nowhere'), SALLYPORT_ENCRYPTION_KEYS: laterKey };
    expect(await sallyport(['restore', file], nowhere)).toMatchObject({ code: 78, out: '' });
    expect(readdirSync(join(folder, 'nowhere'))).toEqual(['lock']);
  });

  test('SEC-55: keys rotate tells which keys are no longer used, and without them everything goes on', async () => {
    expect(await sallyport(['keys', 'rotate'], { SALLYPORT_ENCRYPTION_KEYS: laterKey })).toMatchObject({ code: 78 });
    const rotated = await sallyport(['keys', 'rotate'], { SALLYPORT_ENCRYPTION_KEYS: `${laterKey},${oldKey}` });
    expect(rotated).toMatchObject({ code: 0, err: '' });
    expect(rotated.out).toContain('may be taken out of SALLYPORT_ENCRYPTION_KEYS: old\n');
    encryptionKeys = laterKey;
    expect(await sallyport(['migrate'])).toMatchObject({ code: 0 });
  });

  test('SEC-41: audit verify finds an altered event', async () => {
    const whole = await sallyport(['audit', 'verify']);
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toMatch(/^\d+ events, all in order\. Hash of the sealed log: [0-9a-f]{64}\n$/);
    await withDatabase(async (pglite) => {
      await pglite.exec('ALTER TABLE audit_events DISABLE TRIGGER ALL');
      await pglite.exec(`UPDATE audit_events SET actor_name = actor_name || 'x' WHERE sequence = 2`);
    });
    expect(await sallyport(['audit', 'verify'])).toEqual({
      code: 65,
      out: '',
      err: 'Event 2: it does not fit its own hash, so it was altered.\n',
    });
    await withDatabase((pglite) =>
      pglite.exec(`UPDATE audit_events SET actor_name = rtrim(actor_name, 'x') WHERE sequence = 2;
        ALTER TABLE audit_events ENABLE TRIGGER ALL`),
    );
  });

  test('SEC-41: audit prove proves one event against the head', async () => {
    const { rows } = await withDatabase((pglite) =>
      pglite.query<{ id: string }>('SELECT id FROM audit_events WHERE sequence = 2'),
    );
    const id = rows[0]?.id ?? '';
    const proof = JSON.parse((await sallyport(['audit', 'prove', id, '--json'])).out);
    expect(proof).toMatchObject({ event: { id, sequence: 2 }, leafIndex: 1, treeSize: proof.head.treeSize });
    const { out } = await sallyport(['audit', 'prove', id]);
    const head = (await sallyport(['audit', 'head'])).out;
    const lines = [
      `Event ${id} is leaf 1 of ${proof.treeSize}.`,
      ...proof.auditPath.map((hash: string) => `Path: ${hash}`),
    ];
    expect(out).toBe(`${lines.join('\n')}\nHead: ${head}`);
    expect(await sallyport(['audit', 'prove', 'x'])).toMatchObject({ code: 64, out: '' });
    expect(await sallyport(['audit', 'prove', '0193b7a0-0000-7000-8000-000000000000'])).toEqual({
      code: 65,
      out: '',
      err: 'There is no such thing here.\n',
    });
  });

  test('SEC-41: audit verify --expect finds a log that was cut at its end, or made anew', async () => {
    const { headHash } = JSON.parse((await sallyport(['audit', 'verify', '--json'])).out);
    const head = (await sallyport(['audit', 'head'])).out.trim();
    const json = (await sallyport(['audit', 'head', '--json'])).out;
    expect(JSON.parse(json)).toMatchObject({ rootHash: headHash, treeSize: Number(head.split('.')[0]) });
    for (const kept of [headHash, head, json]) {
      expect(await sallyport(['audit', 'verify', '--expect', kept])).toMatchObject({ code: 0, err: '' });
    }
    expect(await sallyport(['audit', 'verify', '--expect', 'hunter2'])).toMatchObject({ code: 64, out: '' });
    expect(await sallyport(['audit', 'verify', '--expect', `1${head}`])).toEqual({
      code: 65,
      out: '',
      err: 'The log: no key of this service signed the head that was kept.\n',
    });
    // As the role that the service itself has could do.
    const tables = ['audit_events', 'audit_leaves', 'audit_nodes', 'audit_head'];
    await withDatabase((pglite) =>
      pglite.exec(tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL; DELETE FROM ${table};`).join('\n')),
    );
    expect(await sallyport(['audit', 'verify'])).toMatchObject({ code: 0 });
    for (const kept of [headHash, head]) {
      expect(await sallyport(['audit', 'verify', '--expect', kept])).toEqual({
        code: 65,
        out: '',
        err: expect.stringMatching(/^The log: it ends without the head that was kept.*\n$/),
      });
    }
    expect(await sallyport(['audit', 'head'])).toMatchObject({ code: 75, out: '' });
  });
});
