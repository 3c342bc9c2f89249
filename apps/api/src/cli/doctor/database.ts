import type { Config } from '../../config.ts';
import { sealedColumns } from '../../features/key-rotation/index.ts';
import { Keyring } from '../../platform/crypto/keyring.ts';
import { keyringFaults } from '../../platform/crypto/keyring-check.ts';
import type { Database } from '../../platform/database/database.ts';
import { type Examined, examinePostgres } from '../../platform/database/examine.ts';
import { assertMigrated, isUntouched, migrationStatus } from '../../platform/database/migrator.ts';
import { failureOf } from '../failure.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

/** The oldest that its makers still mend (postgresql.org/support/versioning, end of 2026). */
const OLDEST_POSTGRES = 14;
/** Codes are 30 seconds long, and one on either side counts (SEC-12). */
const CODE_SECONDS = 30;

/** Which tables there are, on what, and with which rights. Writes nothing. */
export async function examineDatabase(database: Database): Promise<Finding[]> {
  const findings = [await examineTables(database)];
  if (database.kind === 'postgres') findings.unshift(...judge(await examinePostgres(database), new Date()));
  return findings;
}

/** @param now of this machine */
export function judge(postgres: Examined, now: Date): Finding[] {
  const { version, versionText, encoding, inRecovery, role, isSuperuser, ownsTables, encrypted } = postgres;
  const major = Math.floor(version / 10_000);
  const aheadSeconds = Math.round((now.getTime() - postgres.now.getTime()) / 1000);
  const away = Math.abs(aheadSeconds);
  const clock = `this machine is ${away} s ${aheadSeconds < 0 ? 'behind' : 'ahead of'} the database`;
  return [
    major < OLDEST_POSTGRES
      ? warning(
          'database',
          `PostgreSQL ${versionText} is not mended any more`,
          `upgrade to ${OLDEST_POSTGRES} or later`,
        )
      : ok('database', `PostgreSQL ${versionText}`),
    ...(encoding === 'UTF8' ? [] : [fault('database', `its encoding is ${encoding}`, 'make one with ENCODING UTF8')]),
    ...(inRecovery
      ? [fault('database', 'it is a standby, which only reads', 'let DATABASE_URL name the primary')]
      : []),
    ...(encrypted === false
      ? [
          warning(
            'database',
            'the connection crosses the network unencrypted',
            'add sslmode=verify-full to DATABASE_URL',
          ),
        ]
      : []),
    isSuperuser || ownsTables
      ? warning(
          'rights',
          `the role ${role} ${isSuperuser ? 'is a superuser' : 'owns the tables'}, and could alter the audit log`,
          'give the tables to a role of their own, see MIGRATION_DATABASE_URL in docs/operators/install.md',
        )
      : ok('rights', `the role ${role} uses the tables and owns none`),
    away < 2
      ? ok('clock', 'this machine and the database agree')
      : (away < CODE_SECONDS ? warning : fault)('clock', clock, 'keep both in time with NTP, or codes are refused'),
  ];
}

async function examineTables(database: Database): Promise<Finding> {
  if (await isUntouched(database)) return fault('tables', 'the database is empty', 'run `sallyport migrate`');
  const { pending } = await migrationStatus(database);
  if (pending.length > 0) {
    return fault('tables', `${pending.length} migrations are pending`, 'run `sallyport migrate`');
  }
  try {
    await assertMigrated(database);
  } catch (error) {
    return fault('tables', failureOf(error).lines.join(' '), 'run the version that the database had last, or a newer');
  }
  return ok('tables', 'every migration is applied');
}

export async function examineKeys(database: Database, { encryptionKeys }: Config): Promise<Finding[]> {
  const faults = await keyringFaults(database, new Keyring(encryptionKeys), sealedColumns);
  if (faults.length === 0) return [ok('keys', 'the encryption keys fit the database')];
  return faults.map((words) => fault('keys', words, 'put the keys back that this database was written with'));
}
