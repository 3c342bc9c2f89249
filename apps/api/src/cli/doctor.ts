import { type Config, loadConfig, warningsOf } from '../config.ts';
import { AuditService } from '../features/audit/index.ts';
import { examineConnections } from '../features/sso/index.ts';
import { ConfigError } from '../platform/config-error.ts';
import { Keyring } from '../platform/crypto/keyring.ts';
import { type Database, DatabaseInUseError, openDatabase } from '../platform/database/database.ts';
import { Outbound } from '../platform/net/outbound.ts';
import { systemClock } from '../platform/time/clock.ts';
import { examineDatabase, examineKeys } from './doctor/database.ts';
import { codeOf, type Finding, fault, ok, skipped, warning } from './doctor/finding.ts';
import { examineBackups, examineDisk, examineMail, examineRedis } from './doctor/neighbours.ts';
import { examinePublicUrl } from './doctor/public-url.ts';
import { EX } from './exit-codes.ts';
import { CommandError, failureOf } from './failure.ts';
import { assertIsThere } from './open.ts';
import { counted, print } from './output.ts';

const OLDEST_NODE = '20.19';
const signs: Record<Finding['outcome'], string> = {
  ok: 'ok     ',
  warning: 'WARNING',
  fault: 'FAULT  ',
  skipped: 'skipped',
};

/**
 * Looks at all that the service needs, and says what to do. Changes nothing, but for one refused sign-in of nobody,
 * which the audit log keeps.
 *
 * @throws CommandError EX_CONFIG where something is at fault
 */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const findings = [examineNode(process.versions.node), ...(await examine())];
  const width = Math.max(...findings.map(({ of }) => of.length));
  const lines = findings.flatMap(({ of, outcome, words, todo }) => [
    `${signs[outcome]}  ${of.padEnd(width)}  ${words}`,
    ...(todo === undefined ? [] : [`${' '.repeat(7)}  ${' '.repeat(width)}  -> ${todo}`]),
  ]);
  print(json, { findings }, lines);
  const faults = findings.filter(({ outcome }) => outcome === 'fault').length;
  if (faults > 0) throw new CommandError(EX.CONFIG, `${counted(faults, 'fault')}.`);
}

async function examine(): Promise<Finding[]> {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((words) => fault('configuration', words, 'set it right, then run this again'));
  }
  const warnings = warningsOf(config).map((words) =>
    warning('configuration', words, 'see docs/operators/configure.md'),
  );
  const neighbours = await Promise.all([
    examineDisk(config),
    examineBackups(config, new Date()),
    examineMail(config),
    examineRedis(config),
  ]);
  return [
    ...(warnings.length > 0 ? warnings : [ok('configuration', 'every variable can be used')]),
    ...neighbours,
    ...(await withDatabaseIfFree(config)),
  ];
}

/** What the database tells, and what can be told only with it. */
async function withDatabaseIfFree(config: Config): Promise<Finding[]> {
  let database: Database;
  try {
    database = await open(config);
  } catch (error) {
    const words = failureOf(error).lines.join(' ');
    const finding =
      error instanceof DatabaseInUseError
        ? skipped('database', 'the server has it open; stop it to have its tables and keys looked at')
        : fault('database', words, 'look at DATABASE_URL or SALLYPORT_DATA_DIR');
    return [finding, ...(await examinePublicUrl(config, null))];
  }
  const audit = new AuditService({ database, clock: systemClock, keyring: new Keyring(config.encryptionKeys) });
  try {
    const found = await examineDatabase(database);
    if (found.some(({ of, outcome }) => of === 'tables' && outcome === 'fault')) return found;
    return [
      ...found,
      ...(await examineKeys(database, config)),
      ...(await examineProviders(config, database)),
      ...(await examinePublicUrl(config, database.kind === 'embedded' ? null : (id) => audit.addressOf(id))),
    ];
  } catch (error) {
    const words = failureOf(error).lines.join(' ');
    const finding = fault('database', words, 'look at DATABASE_URL, and at the server');
    return [finding, ...(await examinePublicUrl(config, null))];
  } finally {
    await database.close();
  }
}

async function open(config: Config): Promise<Database> {
  assertIsThere(config);
  const { databaseUrl, dataDir } = config;
  return openDatabase(databaseUrl === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url: databaseUrl });
}

async function examineProviders({ ssoAllowLoopback }: Config, database: Database): Promise<Finding[]> {
  const outbound = new Outbound({ allowLoopback: ssoAllowLoopback });
  try {
    const connections = await examineConnections({ database, clock: systemClock, outbound });
    return connections.flatMap(({ organization, name, faults }) => {
      const of = `sso of ${organization}`;
      if (faults.length === 0) return [ok(of, `${name} can be used`)];
      return faults.map((words) => warning(of, `${name}: ${words}`, 'tell the admins of the organization'));
    });
  } catch (error) {
    return [warning('sso', `the providers could not be looked at (${codeOf(error)})`, 'run this again')];
  } finally {
    outbound.close();
  }
}

function examineNode(version: string): Finding {
  const isOld = version.localeCompare(OLDEST_NODE, 'en', { numeric: true }) < 0;
  return isOld ? fault('node', `${version} is too old`, `use ${OLDEST_NODE} or later`) : ok('node', version);
}
