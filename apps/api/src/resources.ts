import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { sealedColumns } from './features/key-rotation/index.ts';
import { type About, readAbout } from './platform/about.ts';
import { Keyring } from './platform/crypto/keyring.ts';
import { checkKeyring, joinInstances } from './platform/crypto/keyring-check.ts';
import { SigningKeys } from './platform/crypto/signing-keys.ts';
import { type Database, type OpenDataFolder, openDatabase, type Presence } from './platform/database/database.ts';
import { assertMigrated, isUntouched, migrate, migrationStatus } from './platform/database/migrator.ts';
import { ScheduledBackups } from './platform/database/scheduled-backups.ts';
import { assertWritable } from './platform/database/writable.ts';
import { Attempts } from './platform/limits/attempts.store.ts';
import { FairQueue } from './platform/limits/fair-queue.ts';
import { KeyedQueue } from './platform/limits/keyed-queue.ts';
import { SourceLimiter } from './platform/limits/limiter.ts';
import { Pause } from './platform/limits/pause.ts';
import { KeptMails } from './platform/mail/kept-mails.ts';
import { createMailer } from './platform/mail/mailer.ts';
import { MailOutbox } from './platform/mail/outbox.ts';
import { RELAY_MARK, unlessRelayed } from './platform/mail/relay.ts';
import { MailWorker } from './platform/mail/worker.ts';
import { Metrics } from './platform/metrics.ts';
import { type TxtResolver, txtResolver } from './platform/net/dns.ts';
import { Outbound } from './platform/net/outbound.ts';
import { HashPool, hashSlots } from './platform/passwords/hash-pool.ts';
import { createPasswordHasher, type PasswordHasher } from './platform/passwords/hasher.ts';
import { noTracing, type Tracing } from './platform/telemetry/tracing.ts';
import { Afterwards } from './platform/time/afterwards.ts';
import { type Clock, systemClock } from './platform/time/clock.ts';
import { VirtualClock } from './platform/time/virtual-clock.ts';

/** Anybody may ask whether the service is ready; that the database took a write is good for so long. */
const WRITABLE_MS = 5000;

/**
 * Sign-ins that are worked on at once: one hashes in each slot while another reads or writes, and two more have no hash
 * to make. The connections to the database that they leave are for everybody else (SEC-51).
 */
const SIGN_INS_PER_SLOT = 2;
const SIGN_INS_BESIDE = 2;
/** Who has waited so long for a turn is told to come again, rather than to wait on. */
const SIGN_IN_PATIENCE_MS = 3000;
/** A person does not notice; who asks again at once does so no more than once in this time. */
const REFUSAL_MS = 1000;
const MOST_PAUSES = 1000;

/** What the test mode puts in the place of the real thing (decision 0031). */
export interface TestMode {
  /** The one clock of the process. */
  readonly clock: VirtualClock;
  readonly mails: KeptMails;
}

/** What the services stand on, opened once for the life of the process. */
export interface Resources {
  readonly about: About;
  readonly clock: Clock;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly hasher: PasswordHasher;
  readonly attempts: Attempts;
  readonly queue: KeyedQueue;
  readonly door: FairQueue;
  readonly limiter: SourceLimiter;
  readonly pause: Pause;
  readonly afterwards: Afterwards;
  readonly mail: MailOutbox;
  readonly mailWorker: MailWorker;
  readonly signingKeys: SigningKeys;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly outbound: Outbound;
  readonly resolveTxt: TxtResolver;
  /** Null without a folder for them, and on PostgreSQL, which has tools of its own. */
  readonly backups: ScheduledBackups | null;
  /** Null everywhere but in tests of others. */
  readonly testMode: TestMode | null;
  /** Resolves when the database answers, is migrated and takes writes. */
  assertReady(): Promise<void>;
  close(): Promise<void>;
}

/** `create`: a command makes the tables of an empty database, and leaves those of one that is there to `migrate`. */
type Migrations = 'apply' | 'create' | 'refuse';

/** What tests put in the place of the real thing, and what a command that only reads does without. */
export interface ResourceOverrides {
  /** What becomes of migrations that are pending. Default: `apply`, or `refuse` where the configuration says so. */
  migrations?: Migrations;
  database?: Database;
  /** The data folder, where it is open already and stays so. */
  folder?: OpenDataFolder;
  clock?: Clock;
  /** Default: nobody traces. */
  tracing?: Tracing;
  hasher?: PasswordHasher;
  limiter?: SourceLimiter;
  /** How long a sign-in waits for its turn, and how long who is refused in a flood waits for the answer. */
  patienceMs?: number;
  pauseMs?: number;
  resolveTxt?: TxtResolver;
}

/**
 * Opens the database, migrates it, checks that the encryption keys fit it and the other instances, and builds the rest.
 *
 * @throws DatabaseInUseError, DataFolderError, MigrationError, ConfigError; what was opened is closed again
 */
export async function openResources(
  config: Config,
  logger: Logger,
  overrides: ResourceOverrides = {},
): Promise<Resources> {
  const database =
    overrides.database ??
    (await openDatabase(
      config.databaseUrl === null
        ? { kind: 'embedded', dataDir: config.dataDir, ...(overrides.folder && { folder: overrides.folder }) }
        : {
            kind: 'postgres',
            url: config.databaseUrl,
            statementSeconds: config.statementSeconds,
            ...config.databasePool,
          },
      overrides.tracing,
    ));
  const opened: { close(): Promise<void> }[] = [database];
  try {
    if (!overrides.database) await prepareTables(database, overrides.migrations ?? 'apply', config);
    const keyring = new Keyring(config.encryptionKeys);
    const presence = await joinInstances(database, keyring, config.smtpUrl === null ? [] : [RELAY_MARK]);
    opened.unshift(presence);
    await checkKeyring(database, keyring, sealedColumns);
    return await buildResources(config, logger, { database, keyring, presence }, overrides);
  } catch (error) {
    for (const { close } of opened) await close();
    throw error;
  }
}

async function prepareTables(database: Database, pending: Migrations, { migrateAtStart }: Config): Promise<void> {
  const mayApply = pending === 'apply' || (pending === 'create' && (await isUntouched(database)));
  if (mayApply && migrateAtStart) await migrate(database);
  else await assertMigrated(database);
}

async function buildResources(
  config: Config,
  logger: Logger,
  { database, keyring, presence }: { database: Database; keyring: Keyring; presence: Presence },
  overrides: ResourceOverrides,
): Promise<Resources> {
  const realClock = overrides.clock ?? systemClock;
  const testMode = config.testMode ? { clock: new VirtualClock(realClock), mails: new KeptMails() } : null;
  const clock = testMode?.clock ?? realClock;
  const about = readAbout();
  const tracing = overrides.tracing ?? noTracing;
  const metrics = new Metrics();
  metrics.tellBuild(about);
  if (database.kind === 'postgres') metrics.watchPool(database.poolState);
  // All processes together hash on the cores there are, each on one at least.
  const cores = Math.max(1, Math.floor(availableParallelism() / config.processes));
  const pool = new HashPool({ slots: hashSlots(cores), observer: metrics.hashPoolObserver, tracing });
  metrics.watchHashPool(pool);
  const door = new FairQueue({
    concurrency: SIGN_INS_PER_SLOT * pool.slots + SIGN_INS_BESIDE,
    limit: pool.queueLimit,
    patienceMs: overrides.patienceMs ?? SIGN_IN_PATIENCE_MS,
    onShed: (reason) => metrics.countShedSignIn(reason),
  });
  metrics.watchDoor(door);
  const transport = createMailer(config);
  const mailer = testMode?.mails.over(transport) ?? transport;
  const mayDeliver =
    config.databaseUrl === null || config.smtpUrl !== null ? async () => true : unlessRelayed(presence, logger);
  const mailWorker = new MailWorker({
    database,
    keyring,
    clock,
    mailer,
    logger,
    tracing,
    mayDeliver,
    onTried: (outcome) => metrics.countMail(outcome),
  });
  metrics.watchMail(() => mailWorker.waiting());
  const backups =
    database.kind === 'embedded' && config.backups !== null
      ? new ScheduledBackups({ database, clock }, config.backups)
      : null;
  if (backups !== null) metrics.watchBackups(() => backups.newestMs());
  const outbound = new Outbound({ allowLoopback: config.ssoAllowLoopback });
  const afterwards = new Afterwards({ logger });
  let writableAtMs = Number.NEGATIVE_INFINITY;
  const limiter = overrides.limiter ?? (await SourceLimiter.open({ redisUrl: config.redisUrl, logger }));
  if (config.redisUrl !== null) metrics.watchRedis(() => limiter.isShared());
  return {
    about,
    clock,
    database,
    keyring,
    hasher: overrides.hasher ?? (await createPasswordHasher({ pool })),
    attempts: new Attempts(),
    queue: new KeyedQueue(),
    door,
    limiter,
    pause: new Pause({ ms: overrides.pauseMs ?? REFUSAL_MS, most: MOST_PAUSES }),
    afterwards,
    mail: new MailOutbox({ keyring, clock, worker: mailWorker }),
    mailWorker,
    signingKeys: await SigningKeys.load({ database, keyring, clock }),
    metrics,
    tracing,
    outbound,
    resolveTxt: overrides.resolveTxt ?? txtResolver(config.dnsServers),
    backups,
    testMode,
    assertReady: async () => {
      if ((await migrationStatus(database)).pending.length > 0) throw new Error('Migrations are pending.');
      const nowMs = clock.now().getTime();
      if (Math.abs(nowMs - writableAtMs) < WRITABLE_MS) return;
      await assertWritable(database);
      writableAtMs = nowMs;
    },
    close: async () => {
      await afterwards.settle();
      await mailWorker.stop();
      mailer.close();
      limiter.close();
      outbound.close();
      await presence.close();
      await database.close();
    },
  };
}
