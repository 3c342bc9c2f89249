import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, loadConfig, warningsOf } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { SECRETS } from './secret-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-config-'));
afterAll(() => rm(folder, { recursive: true }));

const key = randomBytes(32).toString('base64');
/** Needs no data folder. */
const base = { SALLYPORT_ENCRYPTION_KEYS: `a:${key}` };
const load = (env: NodeJS.ProcessEnv, onTerminal = false): Config =>
  loadConfig({ ...base, ...env }, folder, onTerminal);

const faultsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadConfig(env, folder);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

const databasePool = { poolSize: 10, waitMs: 5000, prepared: true };

test('the defaults are those of the contract', () => {
  const { encryptionKeys, publicUrl, ...rest } = load({});
  expect(publicUrl.origin).toBe('http://localhost:3000');
  expect(encryptionKeys.map(({ id }) => id)).toEqual(['a']);
  expect(rest).toEqual({
    host: '127.0.0.1',
    port: 3000,
    management: null,
    processes: 1,
    drainDelaySeconds: 0,
    drainSeconds: 10,
    databaseUrl: null,
    migrationDatabaseUrl: null,
    statementSeconds: 10,
    databasePool,
    dataDir: join(folder, '.data'),
    backups: null,
    redisUrl: null,
    smtpUrl: null,
    mailFrom: 'Sallyport <no-reply@localhost>',
    trustProxy: 0,
    corsOrigins: [],
    demo: true,
    migrateAtStart: true,
    logLevel: 'info',
    logFormat: 'json',
    telemetry: null,
    requestTimeoutMs: 30_000,
    keepAliveMs: 75_000,
    testMode: false,
    ssoAllowLoopback: false,
    dnsServers: null,
  });
});

test('the log is for people on a terminal and for machines elsewhere, unless told', () => {
  expect(load({}, true).logFormat).toBe('pretty');
  expect(load({ LOG_FORMAT: 'json' }, true).logFormat).toBe('json');
  expect(load({ LOG_FORMAT: 'pretty' }).logFormat).toBe('pretty');
  expect(faultsOf({ LOG_FORMAT: 'text' })).toEqual(['LOG_FORMAT takes one of json, pretty.']);
});

test.each([
  ['zeros', Buffer.alloc(32)],
  ['one byte over and over', Buffer.alloc(32, 0xa7)],
  ['a pattern', Buffer.alloc(32, Buffer.from('c0ffee0badf00d', 'hex'))],
  ['a count', Buffer.from(Array.from({ length: 32 }, (_, index) => index * 3))],
  ['a passphrase', Buffer.from('correct horse battery staple! 12')],
  ['hex digits', Buffer.from('00112233445566778899aabbccddeeff')],
])('SEC-55: a key that is no work of a random generator is refused: %s', (_, bytes) => {
  expect(faultsOf({ SALLYPORT_ENCRYPTION_KEYS: `good:${key},bad:${bytes.toString('base64')}` })).toEqual([
    'SALLYPORT_ENCRYPTION_KEYS takes 32 bytes of a random generator, which "bad" evidently is not.',
  ]);
});

test('what serves and is likely to be a mistake is warned of', () => {
  const smtp = { SMTP_URL: 'smtp://relay.example.com' };
  const warnings = (env: NodeJS.ProcessEnv): string[] => warningsOf(load(env)).map((line) => line.split(' ')[0] ?? '');
  expect(warnings({})).toEqual([]);
  expect(warnings({ PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual([]);
  expect(warnings({ PUBLIC_URL: 'http://login.example.com', ...smtp })).toEqual(['PUBLIC_URL']);
  expect(warnings({ PUBLIC_URL: 'https://login.example.com', TRUST_PROXY: '1', ...smtp })).toEqual([]);
  expect(warnings({ DATABASE_URL: 'postgres://db.example.com/sallyport' })).toEqual(['SMTP_URL']);
  expect(warnings({ DATABASE_URL: 'postgres://db.example.com/sallyport', ...smtp })).toEqual([]);
});

test('SEC-57: an https PUBLIC_URL needs an explicit TRUST_PROXY', () => {
  const https = { PUBLIC_URL: 'https://login.example.com' };
  expect(faultsOf(https)).toEqual([
    expect.stringMatching(/^TRUST_PROXY is required with an https PUBLIC_URL and takes /),
  ]);
  expect(faultsOf({ ...https, TRUST_PROXY: '' })).toHaveLength(1);
  expect(load({ ...https, TRUST_PROXY: '0' }).trustProxy).toBe(0);
  expect(load({ PUBLIC_URL: 'http://login.example.com' }).trustProxy).toBe(0);
});

test('the defaults follow other variables', () => {
  const { publicUrl } = load({ PORT: '4000' });
  expect(publicUrl.origin).toBe('http://localhost:4000');
  expect(load({ DATABASE_URL: 'postgres://localhost/sallyport' }).demo).toBe(false);
  expect(load({ PUBLIC_URL: 'https://login.example.com', TRUST_PROXY: '1' }).mailFrom).toBe(
    'Sallyport <no-reply@login.example.com>',
  );
  expect(load({ PUBLIC_URL: 'https://[2001:db8::1]', TRUST_PROXY: '0' }).mailFrom).toBe(
    'Sallyport <no-reply@localhost>',
  );
  expect(load({ SALLYPORT_DATA_DIR: '/var/lib/sallyport' }).dataDir).toBe('/var/lib/sallyport');
});

test('an empty variable counts as unset', () => {
  const names = [
    'HOST',
    'PORT',
    'PUBLIC_URL',
    'DATABASE_URL',
    'SALLYPORT_DATA_DIR',
    'REDIS_URL',
    'SMTP_URL',
    'MAIL_FROM',
  ];
  const others = [
    'TRUST_PROXY',
    'CORS_ORIGINS',
    'SALLYPORT_DEMO',
    'LOG_LEVEL',
    'REQUEST_TIMEOUT_SECONDS',
    'KEEP_ALIVE_SECONDS',
  ];
  const { encryptionKeys: _, ...empty } = load(Object.fromEntries([...names, ...others].map((name) => [name, ''])));
  const { encryptionKeys: __, ...unset } = load({});
  expect(empty).toEqual(unset);
});

test('the configuration is frozen', () => {
  expect(Object.isFrozen(load({}))).toBe(true);
});

describe('accepted', () => {
  const accepted: [name: string, value: string, field: keyof Config, expected: unknown][] = [
    ['HOST', '0.0.0.0', 'host', '0.0.0.0'],
    ['HOST', '::', 'host', '::'],
    ['HOST', 'login.internal', 'host', 'login.internal'],
    ['PORT', '0', 'port', 0],
    ['PORT', '65535', 'port', 65_535],
    ['DATABASE_URL', 'postgresql://u:p@db/sallyport?sslmode=require', 'databaseUrl', expect.stringContaining('u:p')],
    ['DATABASE_URL', 'postgres:///sallyport?host=/run/postgresql', 'databaseUrl', expect.any(String)],
    ['DATABASE_URL', 'postgresql://u@/sallyport?host=/run/postgresql', 'databaseUrl', expect.any(String)],
    ['DATABASE_POOL_SIZE', '25', 'databasePool', { ...databasePool, poolSize: 25 }],
    ['DATABASE_WAIT_MS', '250', 'databasePool', { ...databasePool, waitMs: 250 }],
    ['DATABASE_PREPARED', '0', 'databasePool', { ...databasePool, prepared: false }],
    ['REDIS_URL', 'redis://127.0.0.1:6379/1', 'redisUrl', 'redis://127.0.0.1:6379/1'],
    ['REDIS_URL', 'rediss://:secret@cache', 'redisUrl', 'rediss://:secret@cache'],
    ['SMTP_URL', 'smtp://127.0.0.1:2525', 'smtpUrl', 'smtp://127.0.0.1:2525'],
    ['SMTP_URL', 'smtps://u%40x:p@mail.example.com', 'smtpUrl', 'smtps://u%40x:p@mail.example.com'],
    ['MAIL_FROM', 'login@example.com', 'mailFrom', 'login@example.com'],
    ['MAIL_FROM', 'Acme Sign-in <login@example.com>', 'mailFrom', 'Acme Sign-in <login@example.com>'],
    ['TRUST_PROXY', '0', 'trustProxy', 0],
    ['TRUST_PROXY', '1', 'trustProxy', 1],
    ['TRUST_PROXY', '10.0.0.0/8, 127.0.0.1,fd00::/8', 'trustProxy', ['10.0.0.0/8', '127.0.0.1', 'fd00::/8']],
    [
      'CORS_ORIGINS',
      'https://a.example, http://b.example:8080/',
      'corsOrigins',
      ['https://a.example', 'http://b.example:8080'],
    ],
    ['SALLYPORT_DEMO', '0', 'demo', false],
    ['SALLYPORT_DEMO', '1', 'demo', true],
    ['LOG_LEVEL', 'silent', 'logLevel', 'silent'],
    ['REQUEST_TIMEOUT_SECONDS', '1', 'requestTimeoutMs', 1000],
    ['KEEP_ALIVE_SECONDS', '3600', 'keepAliveMs', 3_600_000],
    ['SALLYPORT_SSO_ALLOW_LOOPBACK', '1', 'ssoAllowLoopback', true],
    ['SALLYPORT_DNS_SERVERS', '192.0.2.1', 'dnsServers', ['192.0.2.1']],
    [
      'SALLYPORT_DNS_SERVERS',
      '192.0.2.1:5353, [2001:db8::1]:53,2001:db8::2',
      'dnsServers',
      ['192.0.2.1:5353', '[2001:db8::1]:53', '2001:db8::2'],
    ],
  ];
  test.each(accepted)('%s=%s', (name, value, field, expected) => {
    expect(load({ [name]: value })[field]).toEqual(expected);
  });

  test.each([
    ['https://login.example.com', 'https://login.example.com'],
    ['https://login.example.com/', 'https://login.example.com'],
    ['https://Login.example.com:443', 'https://login.example.com'],
    ['http://192.0.2.1:8080', 'http://192.0.2.1:8080'],
  ])('PUBLIC_URL=%s', (value, origin) => {
    expect(load({ PUBLIC_URL: value, TRUST_PROXY: '0' }).publicUrl.origin).toBe(origin);
  });
});

describe('refused, with one line that names the variable and what it takes', () => {
  const other = randomBytes(32).toString('base64');
  const short = randomBytes(31).toString('base64');
  const refused: [name: string, values: string[]][] = [
    ['HOST', ['http://localhost', 'a b', '256.0.0.1', '-', '127.0.0.1:80', 'a..b', '\u0000']],
    ['PORT', ['65536', '-1', '3.5', '0x50', '1e3', 'http', ' 3000', '3000 ', '٣']],
    [
      'PUBLIC_URL',
      [
        'login.example.com',
        'ftp://x',
        'https://x/path',
        'https://x?q',
        'https://x/#f',
        'https://u:p@x',
        'https:x',
        'https://',
        ' https://x',
      ],
    ],
    ['DATABASE_URL', ['mysql://localhost/x', 'localhost/x', 'postgres:localhost', 'postgres://a b/x', 'file:./dev.db']],
    ['WEB_CONCURRENCY', ['0', '257', '-1', 'auto', '1.5']],
    ['DATABASE_POOL_SIZE', ['0', '1001', '-1', 'many', '1.5', '010000']],
    ['DATABASE_WAIT_MS', ['99', '60001', '5s']],
    ['DATABASE_PREPARED', ['true', 'no', '2']],
    ['SALLYPORT_DATA_DIR', ['a\0b']],
    ['SALLYPORT_SSO_ALLOW_LOOPBACK', ['true', 'yes', '2']],
    ['SALLYPORT_DNS_SERVERS', ['dns.example.com', '192.0.2.1:x', '192.0.2.1:99999', '192.0.2', '192.0.2.1,']],
    ['REDIS_URL', ['localhost:6379', 'http://localhost', 'redis:', 'redis://']],
    ['SMTP_URL', ['mail.example.com', 'http://mail', 'smtp:', 'smtps://', 'smtp://a b']],
    [
      'MAIL_FROM',
      ['example.com', 'a@', '@b', 'A <a@b', 'a@b, c@d', 'A <a@b> x', 'a@b\r\nBcc: c@d', 'A\n<a@b>', '<a@b>x'],
    ],
    [
      'TRUST_PROXY',
      [
        'true',
        'false',
        'yes',
        '-1',
        '1.5',
        '10.0.0.0/33',
        '::/129',
        '10.0.0/8',
        '10.0.0.1,',
        ',',
        'loopback',
        '*',
        'True',
        '10.0.0.0/',
      ],
    ],
    ['CORS_ORIGINS', ['*', 'null', 'a.example', 'https://a.example/path', 'https://a.example,', 'https://*.example']],
    ['SALLYPORT_DEMO', ['true', 'yes', '2', '01', 'on']],
    ['LOG_LEVEL', ['verbose', 'INFO', 'warning', '30']],
    ['REQUEST_TIMEOUT_SECONDS', ['0', '3601', '1.5', '-1', '10s']],
    ['KEEP_ALIVE_SECONDS', ['0', '3601', 'x']],
    [
      'SALLYPORT_ENCRYPTION_KEYS',
      [
        key,
        ':',
        `:${key}`,
        'a:',
        `a:${short}`,
        `a:${key}${key}`,
        `a b:${key}`,
        `a:${key},`,
        `a:${key},a:${other}`,
        `${'i'.repeat(33)}:${key}`,
        `a:${'*'.repeat(44)}`,
      ],
    ],
  ];
  const cases = refused.flatMap(([name, values]) => values.map((value) => [name, value] as const));
  test.each(cases)('%s=%j', (name, value) => {
    const faults = faultsOf({ ...base, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} takes [^\n]+\\.$`));
  });
});

test('every fault is reported at once, with exit code 78', () => {
  const bad = {
    HOST: '?',
    PORT: 'x',
    PUBLIC_URL: 'x',
    REDIS_URL: 'x',
    SMTP_URL: 'x',
    MAIL_FROM: 'x',
    TRUST_PROXY: 'x',
  };
  const worse = { CORS_ORIGINS: 'x', SALLYPORT_DEMO: 'x', LOG_LEVEL: 'x', DATABASE_URL: 'x', SALLYPORT_DATA_DIR: '\0' };
  const env = { ...bad, ...worse };
  const faults = faultsOf(env);
  const named = faults.map((fault) => fault.split(' ')[0]);
  expect(named.toSorted()).toEqual([...Object.keys(env), 'SALLYPORT_ENCRYPTION_KEYS'].toSorted());
  expect(() => loadConfig(env, folder)).toThrow(expect.objectContaining({ exitCode: 78, message: faults.join('\n') }));
});

test('SEC-42: a fault never shows the value', () => {
  const secret = 'hunter2-hunter2';
  const names = [
    'PUBLIC_URL',
    'DATABASE_URL',
    'REDIS_URL',
    'SMTP_URL',
    'SALLYPORT_ENCRYPTION_KEYS',
    'MAIL_FROM',
    'HOST',
  ];
  const faults = faultsOf(Object.fromEntries(names.map((name) => [name, `x://u:${secret} @`])));
  expect(faults).toHaveLength(names.length);
  expect(faults.join()).not.toContain(secret);
});

describe('encryption keys', () => {
  const dataDirOf = (): string => mkdtempSync(join(folder, 'data-'));
  const keysIn = (dataDir: string) =>
    loadConfig({ SALLYPORT_DATA_DIR: dataDir }).encryptionKeys.map(
      ({ id, secret }) => `${id}:${secret.export().toString('base64')}`,
    );

  test('the first one comes first', () => {
    const { encryptionKeys } = load({
      SALLYPORT_ENCRYPTION_KEYS: `new:${randomBytes(32).toString('base64')}, old:${key}`,
    });
    expect(encryptionKeys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(encryptionKeys[1]?.secret.export().toString('base64')).toBe(key);
  });

  test('are required with DATABASE_URL, and then nothing is generated', () => {
    const dataDir = dataDirOf();
    const faults = faultsOf({ DATABASE_URL: 'postgres://localhost/x', SALLYPORT_DATA_DIR: dataDir });
    expect(faults).toEqual([
      expect.stringMatching(/^SALLYPORT_ENCRYPTION_KEYS is required with DATABASE_URL and takes /),
    ]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test('are generated into a new data folder, for the owner only, and read at the next start', () => {
    const dataDir = join(dataDirOf(), 'deep', 'data');
    const [generated] = keysIn(dataDir);
    expect(generated).toMatch(/^generated-[0-9a-f]{8}:/);
    expect(statSync(join(dataDir, 'encryption-keys')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['encryption-keys']);
    expect(keysIn(dataDir)).toEqual([generated]);
  });

  test('differ between installations', () => {
    expect(keysIn(dataDirOf())).not.toEqual(keysIn(dataDirOf()));
  });

  test('may be added to the file, one a line', () => {
    const dataDir = dataDirOf();
    const [generated] = keysIn(dataDir);
    writeFileSync(join(dataDir, 'encryption-keys'), `next:${key}\n${generated}\n`);
    expect(keysIn(dataDir)).toEqual([`next:${key}`, generated]);
  });

  test('in the environment go before the file', () => {
    const dataDir = dataDirOf();
    keysIn(dataDir);
    expect(load({ SALLYPORT_DATA_DIR: dataDir }).encryptionKeys.map(({ id }) => id)).toEqual(['a']);
  });

  test.each(['', 'rubbish', 'a:short'])('a file that holds %j is a fault, and stays as it is', (text) => {
    const dataDir = dataDirOf();
    const file = join(dataDir, 'encryption-keys');
    writeFileSync(file, text);
    const faults = faultsOf({ SALLYPORT_DATA_DIR: dataDir });
    expect(faults).toEqual([expect.stringContaining(`The file ${file} takes what SALLYPORT_ENCRYPTION_KEYS takes`)]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('a data folder that cannot be is a fault', () => {
    const file = join(dataDirOf(), 'file');
    writeFileSync(file, '');
    expect(faultsOf({ SALLYPORT_DATA_DIR: join(file, 'data') })).toEqual([
      'SALLYPORT_DATA_DIR takes a folder that this user can read and write (ENOTDIR).',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)(
    'a data folder that may not be written is a fault (skipped as root, who may)',
    () => {
      const dataDir = dataDirOf();
      chmodSync(dataDir, 0o500);
      expect(faultsOf({ SALLYPORT_DATA_DIR: dataDir })).toEqual([expect.stringContaining('EACCES')]);
    },
  );

  test('other faults keep it from being generated', () => {
    const dataDir = join(dataDirOf(), 'data');
    expect(faultsOf({ SALLYPORT_DATA_DIR: dataDir, PORT: 'x' })).toHaveLength(1);
    expect(existsSync(dataDir)).toBe(false);
    mkdirSync(dataDir);
  });
});

describe('secrets in files', () => {
  const inFile = (text: string): string => {
    const file = join(mkdtempSync(join(folder, 'secret-')), 'secret');
    writeFileSync(file, text);
    return file;
  };

  test.each([
    ['DATABASE_URL', 'postgres://u:p@db/s', 'databaseUrl'],
    ['REDIS_URL', 'redis://:p@redis', 'redisUrl'],
    ['SMTP_URL', 'smtps://u:p@mail', 'smtpUrl'],
  ] as const)('%s_FILE is read, without the line end', (name, text, setting) => {
    expect(load({ [`${name}_FILE`]: inFile(`${text}\n`) })[setting]).toBe(text);
  });

  test('keys and the URL for migrations too', () => {
    const config = load({
      SALLYPORT_ENCRYPTION_KEYS: '',
      SALLYPORT_ENCRYPTION_KEYS_FILE: inFile(`b:${key}\n`),
      DATABASE_URL: 'postgres://u@db/s',
      MIGRATION_DATABASE_URL_FILE: inFile('postgres://o@db/s'),
    });
    expect(config.encryptionKeys.map(({ id }) => id)).toEqual(['b']);
    expect(config.migrationDatabaseUrl).toBe('postgres://o@db/s');
  });

  test('what is wrong with them is told without what they hold', () => {
    const missing = join(folder, 'no-such-file');
    expect(faultsOf({ SMTP_URL_FILE: missing })).toEqual([
      'SMTP_URL_FILE takes the path of a file that this user can read (ENOENT).',
    ]);
    expect(faultsOf({ SMTP_URL_FILE: inFile(' \n') })).toEqual(['SMTP_URL_FILE names an empty file.']);
    expect(faultsOf({ SMTP_URL_FILE: inFile('hunter2') })).toEqual(['SMTP_URL takes an smtp:// or smtps:// URL.']);
    expect(faultsOf({ SMTP_URL_FILE: inFile('smtp://mail'), SMTP_URL: 'smtp://mail' })).toEqual([
      'SMTP_URL and SMTP_URL_FILE are both set: take one away.',
    ]);
  });

  test('a URL for migrations alone is a fault', () => {
    expect(faultsOf({ MIGRATION_DATABASE_URL: 'postgres://o@db/s' })).toEqual([
      expect.stringContaining('MIGRATION_DATABASE_URL goes with DATABASE_URL'),
    ]);
  });
});

describe('several processes', () => {
  const env = { WEB_CONCURRENCY: '4' };

  test('only on PostgreSQL', () => {
    expect(faultsOf(env)).toEqual([
      'WEB_CONCURRENCY above 1 needs DATABASE_URL: only one process can have the embedded database open.',
    ]);
    expect(load({ WEB_CONCURRENCY: '1' }).processes).toBe(1);
    expect(load({ ...env, DATABASE_URL: 'postgres://u:p@db/s' }).processes).toBe(4);
  });

  test('have fewer connections each, unless told', () => {
    const shared = { ...env, DATABASE_URL: 'postgres://u:p@db/s' };
    expect(load(shared).databasePool.poolSize).toBe(5);
    expect(load({ ...shared, DATABASE_POOL_SIZE: '20' }).databasePool.poolSize).toBe(20);
  });
});

describe('the test mode', () => {
  const on = { SALLYPORT_TEST_MODE: '1' };

  test.each(['http://localhost:4000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://app.localhost:3000'])(
    'is for %s',
    (PUBLIC_URL) => {
      expect(load({ ...on, PUBLIC_URL }).testMode).toBe(true);
      expect(warningsOf(load({ ...on, PUBLIC_URL }))).toEqual([expect.stringMatching(/^SALLYPORT_TEST_MODE is set/)]);
    },
  );

  test.each([
    'http://login.example.com',
    'http://192.0.2.1',
    'http://10.0.0.1:3000',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://[::ffff:10.0.0.1]',
    'http://0.0.0.0:3000',
  ])('is refused with %s, which others reach', (PUBLIC_URL) => {
    expect(faultsOf({ ...base, ...on, PUBLIC_URL })).toEqual([
      'SALLYPORT_TEST_MODE goes with a PUBLIC_URL of this machine alone.',
    ]);
    expect(load({ PUBLIC_URL }).testMode).toBe(false);
    expect(load({ PUBLIC_URL, SALLYPORT_TEST_MODE: '0' }).testMode).toBe(false);
  });

  test('is of one process that counts by itself', () => {
    const database = { DATABASE_URL: 'postgres://localhost/sallyport' };
    expect(faultsOf({ ...base, ...database, ...on, WEB_CONCURRENCY: '2' })).toEqual([
      expect.stringMatching(/^SALLYPORT_TEST_MODE goes with one process/),
    ]);
    expect(faultsOf({ ...base, ...on, REDIS_URL: 'redis://localhost' })).toEqual([
      expect.stringMatching(/^SALLYPORT_TEST_MODE goes without REDIS_URL/),
    ]);
    expect(load({ ...database, ...on, SMTP_URL: 'smtp://localhost' }).testMode).toBe(true);
  });
});

describe('backups that come by themselves', () => {
  test('have a folder, and are for the embedded database', () => {
    expect(load({ BACKUP_DIR: 'backups' }).backups).toEqual({
      folder: join(folder, 'backups'),
      everyHours: 24,
      keep: 14,
    });
    expect(load({ BACKUP_DIR: '/b', BACKUP_HOURS: '6', BACKUP_KEEP: '28' }).backups).toMatchObject({
      everyHours: 6,
      keep: 28,
    });
    expect(faultsOf({ ...base, BACKUP_DIR: '/b', DATABASE_URL: 'postgres://u:p@db/s' })).toEqual([
      'BACKUP_DIR is for the embedded database: PostgreSQL is backed up with tools of its own.',
    ]);
  });

  test('are not thought to be there without one', () => {
    expect(faultsOf({ BACKUP_KEEP: '28' })).toEqual([
      'BACKUP_KEEP goes with BACKUP_DIR, without which nothing is backed up.',
    ]);
  });
});

const FOR_TESTS = ['SALLYPORT_SSO_ALLOW_LOOPBACK', 'SALLYPORT_TEST_MODE'];

describe('the table of settings in docs/operators/configure.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/operators/configure.md'), 'utf8');
  const documented = [...page.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) =>
    names.split(', ').map((name) => name.replaceAll('`', '')),
  );
  const read = [...readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8').matchAll(/\bread\(\s*'([A-Z_]+)'/g)]
    .map(([, name = '']) => name)
    // They stand under the table, as nobody sets them who serves people.
    .filter((name) => !FOR_TESTS.includes(name));

  test('is followed by those for tests', () => {
    for (const name of FOR_TESTS) expect(page).toContain(`\`${name}=1\``);
  });

  test('has each that is read, once, and no other', () => {
    expect(read.length).toBeGreaterThan(20);
    expect(documented.toSorted()).toEqual(read.toSorted());
  });

  test('names the secrets that may stand in files', () => {
    const [sentence = ''] = /^Each secret .+ may stand in a file/m.exec(page) ?? [];
    const named = [...sentence.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name);
    expect(named).toEqual([...SECRETS]);
  });
});
