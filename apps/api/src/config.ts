import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from './platform/config-error.ts';
import type { EncryptionKey } from './platform/crypto/keyring.ts';
import { isEvidentlyNotRandom, parseEncryptionKeys, readOrGenerateKeysFile } from './platform/crypto/keyring-file.ts';
import { DataFolderError } from './platform/data-folder-error.ts';
import type { BackupSchedule } from './platform/database/scheduled-backups.ts';
import type { TelemetryConfig } from './platform/telemetry/otel.ts';
import { withSecretFiles } from './secret-files.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

type LogLevel = (typeof logLevels)[number];

const logFormats = ['json', 'pretty'] as const;

/** The settings of the process (contract section 2). The URLs may hold passwords: never log them. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose; then PUBLIC_URL should be set too. */
  readonly port: number;
  /** Where health and metrics listen by themselves; null means beside everything else, metrics for this machine only. */
  readonly management: { readonly host: string; readonly port: number } | null;
  /** How many processes listen, 1 to 256; more than one only on PostgreSQL. */
  readonly processes: number;
  /** How long it serves on after it was told to stop, while `readyz` says 503, in seconds, 0 to 300. */
  readonly drainDelaySeconds: number;
  /** How long requests under way may take to finish once the process is told to stop, in seconds, 1 to 600. */
  readonly drainSeconds: number;
  /** The origin that browsers use; its path is `/`. */
  readonly publicUrl: URL;
  /** PostgreSQL; null means the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** PostgreSQL as the role that owns the tables, for `migrate`; null means that the role of `databaseUrl` does. */
  readonly migrationDatabaseUrl: string | null;
  /** How long a statement may take on PostgreSQL, in seconds, 1 to 3600. */
  readonly statementSeconds: number;
  /** How PostgreSQL is used; see `DatabaseConfig`. */
  readonly databasePool: { readonly poolSize: number; readonly waitMs: number; readonly prepared: boolean };
  /** Absolute path. */
  readonly dataDir: string;
  /** Backups of the embedded database that come by themselves; null means none. */
  readonly backups: BackupSchedule | null;
  /** Null means counters in the process. */
  readonly redisUrl: string | null;
  /** At least one; the first one seals. */
  readonly encryptionKeys: readonly EncryptionKey[];
  /** Null means `.eml` files in the data folder's `outbox/`. */
  readonly smtpUrl: string | null;
  /** `address` or `Name <address>`. */
  readonly mailFrom: string;
  /** Proxies whose word on the source is believed (SEC-57): their number, 0 for none, or addresses and CIDR ranges. */
  readonly trustProxy: number | string[];
  /** Origins beside `publicUrl` that may call with credentials. */
  readonly corsOrigins: readonly string[];
  /** Whether an empty database gets the demo tenants. */
  readonly demo: boolean;
  /** Whether the server applies migrations; else `sallyport migrate` alone does. */
  readonly migrateAtStart: boolean;
  readonly logLevel: LogLevel;
  /** `json`: an object a line, for machines; `pretty`: for people. */
  readonly logFormat: (typeof logFormats)[number];
  /** How traces and metrics are handed on (OpenTelemetry); null means that they are not. */
  readonly telemetry: TelemetryConfig | null;
  /** How long a whole request, its body included, may take to arrive. */
  readonly requestTimeoutMs: number;
  /** How long a connection may stay without a request after an answer. */
  readonly keepAliveMs: number;
  /** For tests only: the clock is moved, mails and codes are read, tenants are made and removed by whoever asks. */
  readonly testMode: boolean;
  /** For tests only: identity providers on loopback addresses are fetched from. */
  readonly ssoAllowLoopback: boolean;
  /** For tests: the servers that are asked for DNS records. Null means those of the system. */
  readonly dnsServers: readonly string[] | null;
}

const POSTGRES_TAKES = 'a postgres:// or postgresql:// URL';

const KEYS_TAKES = 'id:base64(32 bytes), comma separated; an id is 1 to 32 of A-Z a-z 0-9 _ - and comes once';

const SECONDS_TAKES = 'a whole number of seconds from 1 to 3600';

const TRUST_PROXY_TAKES =
  'the number of proxies in front of the service, 0 for none, or a comma separated list of their IP addresses and CIDR ranges';

/**
 * Reads the environment; an empty variable counts as unset. With the embedded database, and without
 * SALLYPORT_ENCRYPTION_KEYS, a key is generated into `<data folder>/encryption-keys` at the first start.
 *
 * @param cwd what a relative SALLYPORT_DATA_DIR starts from
 * @param onTerminal whether a person reads standard output, and so the log, on a terminal
 * @throws ConfigError with every fault at once; DataFolderError
 */
export function loadConfig(
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
  onTerminal: boolean = process.stdout.isTTY === true,
): Config {
  const faults: string[] = [];
  const env = withSecretFiles(environment, faults);
  const read: Read = (name, takes, parse, fallback) => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = parse(text);
    if (value === null) faults.push(`${name} takes ${takes}.`);
    return value ?? fallback;
  };

  const port = read('PORT', 'a whole number from 0 to 65535', parsePort, 3000);
  const publicUrl = read(
    'PUBLIC_URL',
    'an origin, http or https, without a path, such as https://login.example.com',
    parseOrigin,
    new URL(`http://localhost:${port}`),
  );
  const databaseUrl = read('DATABASE_URL', POSTGRES_TAKES, parseDatabaseUrl, null);
  const processes = read('WEB_CONCURRENCY', 'a whole number from 1 to 256', wholeNumber(1, 256), 1);
  const managementPort = read('MANAGEMENT_PORT', 'a whole number from 0 to 65535', parsePort, null);
  const managementHost = read('MANAGEMENT_HOST', 'an IP address or a host name', parseHost, '127.0.0.1');
  const dataDir = resolve(cwd, read('SALLYPORT_DATA_DIR', 'the path of a folder', parsePath, '.data'));
  const backupFolder = read('BACKUP_DIR', 'the path of a folder', parsePath, null);
  const configuredKeys = read('SALLYPORT_ENCRYPTION_KEYS', KEYS_TAKES, parseEncryptionKeys, []);
  const config = {
    host: read('HOST', 'an IP address or a host name', parseHost, '127.0.0.1'),
    port,
    publicUrl,
    management: managementPort === null ? null : { host: managementHost, port: managementPort },
    processes,
    drainDelaySeconds: read('DRAIN_DELAY_SECONDS', 'a whole number from 0 to 300', wholeNumber(0, 300), 0),
    drainSeconds: read('DRAIN_SECONDS', 'a whole number from 1 to 600', wholeNumber(1, 600), 10),
    databaseUrl,
    migrationDatabaseUrl: read('MIGRATION_DATABASE_URL', POSTGRES_TAKES, parseDatabaseUrl, null),
    statementSeconds: read('DATABASE_STATEMENT_SECONDS', 'a whole number from 1 to 3600', wholeNumber(1, 3600), 10),
    databasePool: {
      poolSize: read(
        'DATABASE_POOL_SIZE',
        'a whole number from 1 to 1000',
        wholeNumber(1, 1000),
        poolSizeOf(processes),
      ),
      waitMs: read('DATABASE_WAIT_MS', 'milliseconds from 100 to 60000', wholeNumber(100, 60_000), 5000),
      prepared: read('DATABASE_PREPARED', '0 or 1', oneOf(['0', '1']), '1') === '1',
    },
    dataDir,
    backups: backupSchedule(backupFolder === null ? null : resolve(cwd, backupFolder), {
      everyHours: read('BACKUP_HOURS', 'a whole number of hours from 1 to 8760', wholeNumber(1, 8760), 24),
      keep: read('BACKUP_KEEP', 'a whole number from 1 to 1000', wholeNumber(1, 1000), 14),
    }),
    redisUrl: read('REDIS_URL', 'a redis:// or rediss:// URL', urlWithHost('redis:', 'rediss:'), null),
    smtpUrl: read('SMTP_URL', 'an smtp:// or smtps:// URL', urlWithHost('smtp:', 'smtps:'), null),
    mailFrom: read('MAIL_FROM', 'an address, or Name <address>', parseMailbox, defaultSender(publicUrl)),
    trustProxy: read('TRUST_PROXY', TRUST_PROXY_TAKES, parseTrustProxy, 0),
    corsOrigins: read(
      'CORS_ORIGINS',
      'a comma separated list of origins, such as https://app.example.com',
      (text) => everyItem(text, (item) => parseOrigin(item)?.origin ?? null),
      [],
    ),
    demo: read('SALLYPORT_DEMO', '0 or 1', oneOf(['0', '1']), databaseUrl === null ? '1' : '0') === '1',
    migrateAtStart: read('MIGRATE_AT_START', '0 or 1', oneOf(['0', '1']), '1') === '1',
    requestTimeoutMs: read('REQUEST_TIMEOUT_SECONDS', SECONDS_TAKES, wholeNumber(1, 3600), 30) * 1000,
    keepAliveMs: read('KEEP_ALIVE_SECONDS', SECONDS_TAKES, wholeNumber(1, 3600), 75) * 1000,
    logLevel: read('LOG_LEVEL', `one of ${logLevels.join(', ')}`, oneOf(logLevels), 'info'),
    logFormat: read('LOG_FORMAT', `one of ${logFormats.join(', ')}`, oneOf(logFormats), onTerminal ? 'pretty' : 'json'),
    telemetry: readTelemetry(read),
    testMode: read('SALLYPORT_TEST_MODE', '0 or 1, and 1 only in tests', oneOf(['0', '1']), '0') === '1',
    ssoAllowLoopback:
      read('SALLYPORT_SSO_ALLOW_LOOPBACK', '0 or 1, and 1 only in tests', oneOf(['0', '1']), '0') === '1',
    dnsServers: read(
      'SALLYPORT_DNS_SERVERS',
      'a comma separated list of IP addresses, each with :port where it is not 53',
      (text) => everyItem(text, parseDnsServer),
      null,
    ),
  } satisfies Omit<Config, 'encryptionKeys'>;

  // An unusable DATABASE_URL still says that the database is not the embedded one.
  if (env.DATABASE_URL && !env.SALLYPORT_ENCRYPTION_KEYS && !env.SALLYPORT_ENCRYPTION_KEYS_FILE) {
    faults.push(`SALLYPORT_ENCRYPTION_KEYS is required with DATABASE_URL and takes ${KEYS_TAKES}.`);
  }
  if (processes > 1 && !env.DATABASE_URL) {
    faults.push('WEB_CONCURRENCY above 1 needs DATABASE_URL: only one process can have the embedded database open.');
  }
  if (env.MIGRATION_DATABASE_URL && !env.DATABASE_URL) {
    faults.push('MIGRATION_DATABASE_URL goes with DATABASE_URL, whose role it lets use the tables.');
  }
  if (env.BACKUP_DIR && env.DATABASE_URL) {
    faults.push('BACKUP_DIR is for the embedded database: PostgreSQL is backed up with tools of its own.');
  }
  for (const name of ['BACKUP_HOURS', 'BACKUP_KEEP']) {
    if (env[name] && !env.BACKUP_DIR) faults.push(`${name} goes with BACKUP_DIR, without which nothing is backed up.`);
  }
  if (config.testMode) faults.push(...againstTestMode(config));
  // Without it, everybody behind the proxy that ends TLS would be one source, and one guesser would lock all out.
  if (publicUrl.protocol === 'https:' && !env.TRUST_PROXY) {
    faults.push(`TRUST_PROXY is required with an https PUBLIC_URL and takes ${TRUST_PROXY_TAKES}.`);
  }
  for (const { id } of configuredKeys.filter(isEvidentlyNotRandom)) {
    faults.push(`SALLYPORT_ENCRYPTION_KEYS takes 32 bytes of a random generator, which "${id}" evidently is not.`);
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    ...config,
    encryptionKeys: configuredKeys.length > 0 ? configuredKeys : generatedKeys(join(dataDir, 'encryption-keys')),
  });
}

type Read = <T>(name: string, takes: string, parse: (text: string) => T | null, fallback: T) => T;

/**
 * What the service itself reads of OpenTelemetry's own variables; sampler, batches, resource and the rest are the SDK's.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
function readTelemetry(read: Read): TelemetryConfig | null {
  const endpoint = read('OTEL_EXPORTER_OTLP_ENDPOINT', 'an http or https URL', urlWithHost('http:', 'https:'), null);
  const protocol = read(
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    'http/protobuf or http/json',
    oneOf(['http/protobuf', 'http/json'] as const),
    'http/protobuf',
  );
  const isHandedOn = oneOf(['otlp', 'none'] as const);
  const traces = read('OTEL_TRACES_EXPORTER', 'otlp or none', isHandedOn, 'otlp') === 'otlp';
  const metrics = read('OTEL_METRICS_EXPORTER', 'otlp or none', isHandedOn, 'otlp') === 'otlp';
  const propagate = read('OTEL_PROPAGATORS', 'tracecontext or none', parsePropagators, true);
  const disabled = read('OTEL_SDK_DISABLED', 'true or false', oneOf(['true', 'false']), 'false') === 'true';
  const headers = read('OTEL_EXPORTER_OTLP_HEADERS', 'name=value, comma separated', (text) => text, '');
  const telemetry = { protocol, headers, traces, metrics, propagate };
  return endpoint === null || disabled ? null : telemetry;
}

/** Whoever reaches the test mode does as they please, and its clock and its mails are those of one process. */
function againstTestMode({ publicUrl, processes, redisUrl }: Pick<Config, 'publicUrl' | 'processes' | 'redisUrl'>) {
  return [
    ...(isLocal(publicUrl) ? [] : ['SALLYPORT_TEST_MODE goes with a PUBLIC_URL of this machine alone.']),
    ...(processes === 1 ? [] : ['SALLYPORT_TEST_MODE goes with one process: its clock and its mails are there.']),
    ...(redisUrl === null
      ? []
      : ['SALLYPORT_TEST_MODE goes without REDIS_URL: its clock moves counts in the process.']),
  ];
}

/** What serves, and is yet likely to be a mistake: one line each. */
export function warningsOf({ publicUrl, databaseUrl, smtpUrl, testMode }: Config): string[] {
  return [
    ...(testMode
      ? [
          'SALLYPORT_TEST_MODE is set: whoever reaches this server moves its clock, reads its mails and codes, and removes its tenants.',
        ]
      : []),
    ...(publicUrl.protocol === 'http:' && !isLocal(publicUrl)
      ? ['PUBLIC_URL is http and not of this machine: passwords and cookies cross the network unencrypted.']
      : []),
    ...(databaseUrl !== null && smtpUrl === null
      ? [
          'SMTP_URL is not set, with PostgreSQL: mail waits for a server that has it, or else goes to files in the data folder.',
        ]
      : []),
  ];
}

/** Whether an address is of this machine alone. */
export const isLocal = ({ hostname }: URL): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function generatedKeys(file: string): EncryptionKey[] {
  let text: string;
  try {
    text = readOrGenerateKeysFile(file);
  } catch (error) {
    throw new DataFolderError(
      dirname(file),
      error instanceof Error && 'code' in error ? String(error.code) : null,
      error,
    );
  }
  const keys = parseEncryptionKeys(text);
  if (!keys) throw new ConfigError([`The file ${file} takes what SALLYPORT_ENCRYPTION_KEYS takes: ${KEYS_TAKES}.`]);
  return keys;
}

function parseUrl(text: string): URL | null {
  // The parser would forgive spaces, line ends and missing slashes.
  return /^[a-z]+:\/\/[^\s\p{Cc}]*$/iu.test(text) && URL.canParse(text) ? new URL(text) : null;
}

function parseOrigin(text: string): URL | null {
  const url = parseUrl(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  const isHost = url.hostname.startsWith('[') || parseHost(url.hostname) !== null;
  return isHost && url.href === `${url.origin}/` ? url : null;
}

function parseDatabaseUrl(text: string): string | null {
  // `user@/name?host=/run/postgresql` is common for sockets, but no URL by the WHATWG's rules.
  const url = parseUrl(text.replace('@/', '@localhost/'));
  return url && ['postgres:', 'postgresql:'].includes(url.protocol) ? text : null;
}

const urlWithHost =
  (...protocols: string[]) =>
  (text: string): string | null => {
    const url = parseUrl(text);
    return url && protocols.includes(url.protocol) && url.hostname !== '' ? text : null;
  };

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number | null =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

const backupSchedule = (folder: string | null, schedule: Omit<BackupSchedule, 'folder'>): BackupSchedule | null =>
  folder === null ? null : { folder, ...schedule };

/** Several processes on one machine share its cores, and PostgreSQL has to hold the connections of all. */
const poolSizeOf = (processes: number): number => (processes > 1 ? 5 : 10);

const parsePort = wholeNumber(0, 65_535);

function parseHost(text: string): string | null {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  return isIP(text) !== 0 || new RegExp(`^(?=.*[a-z])${label}(\\.${label})*$`, 'i').test(text) ? text : null;
}

function parsePath(text: string): string | null {
  return text.includes('\0') ? null : text;
}

function parseMailbox(text: string): string | null {
  const address = '[^\\s<>@,;:"()\\p{Cc}]+@[^\\s<>@,;:"()\\p{Cc}]+';
  return new RegExp(`^(${address}|[^<>@,;:"()\\p{Cc}]+ <${address}>)$`, 'u').test(text) ? text : null;
}

function defaultSender({ hostname }: URL): string {
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[');
  return `Sallyport <no-reply@${isAddress ? 'localhost' : hostname}>`;
}

function parseTrustProxy(text: string): number | string[] | null {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  return everyItem(text, parseNetwork);
}

function parseNetwork(text: string): string | null {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  return version !== 0 && Number(prefix ?? 0) <= bits ? text : null;
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`. */
function parseDnsServer(text: string): string | null {
  const [, bracketed, plain = bracketed, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = plain ?? text;
  return isIP(address) !== 0 && (port === undefined || parsePort(port) !== null) ? text : null;
}

/** Whether the trace of who asks goes on here; of all propagators `tracecontext` alone is known. */
const parsePropagators = (text: string): boolean | null =>
  text === 'none' ? false : text.split(',').includes('tracecontext') || null;

const oneOf =
  <T extends string>(values: readonly T[]) =>
  (text: string): T | null =>
    values.find((value) => value === text) ?? null;

/** Null when any item is refused, an empty one included. */
function everyItem(list: string, parse: (item: string) => string | null): string[] | null {
  const items: string[] = [];
  for (const item of list.split(',')) {
    const value = parse(item.trim());
    if (value === null) return null;
    items.push(value);
  }
  return items;
}
