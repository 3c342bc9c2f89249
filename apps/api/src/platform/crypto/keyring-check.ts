import { ConfigError } from '../config-error.ts';
import { type Database, type Db, Prisma } from '../database/database.ts';
import { type Keyring, KeyringError } from './keyring.ts';

/** Every column that holds sealed texts, for the check below and for `keys rotate`. */
export const SEALED_COLUMNS = [
  { table: 'totp_authenticators', column: 'secret' },
  { table: 'pending_enrollments', column: 'secret' },
  { table: 'outgoing_mails', column: 'message' },
  { table: 'signing_keys', column: 'private_key' },
  { table: 'sso_connections', column: 'secrets' },
  { table: 'sso_transactions', column: 'secrets' },
] as const;

const CHECK_TEXT = Buffer.from('The key that sealed this is the key of this name.');

const checkContext = (keyId: string): string => `encryption-key-check:${keyId}`;

/** The check of the key that seals today. */
export const sealCheck = (keyring: Keyring): Uint8Array<ArrayBuffer> =>
  keyring.seal(CHECK_TEXT, checkContext(keyring.firstKeyId));

/** Whether the keyring has the very key that made this check, and not only one of its name. */
function opensCheck(keyring: Keyring, keyId: string, sealed: Uint8Array): boolean {
  try {
    return CHECK_TEXT.equals(keyring.open(sealed, checkContext(keyId)));
  } catch (error) {
    if (error instanceof KeyringError) return false;
    throw error;
  }
}

/**
 * Finds out at start whether an encryption key was lost or mixed up, before anything is written (SEC-55). The database
 * holds a known text under each key that ever sealed in it. A key that is gone is forgotten once nothing is sealed
 * with it any more, which is how a rotation ends.
 *
 * @throws ConfigError naming the keys that are missing or not the ones they were
 */
export async function checkKeyring(database: Database, keyring: Keyring): Promise<void> {
  const checks = await database.client.encryptionKeyCheck.findMany({ orderBy: { keyId: 'asc' } });
  const isConfigured = ({ keyId }: { keyId: string }): boolean => keyring.keyIds.includes(keyId);
  const wrong = checks.filter((check) => isConfigured(check) && !opensCheck(keyring, check.keyId, check.sealed));
  const gone = checks.filter((check) => !isConfigured(check)).map(({ keyId }) => keyId);
  const missing = await stillUsed(database.client, gone);
  const faults = [
    ...wrong.map(({ keyId }) => `"${keyId}" must be the key of that name which this database was written with`),
    ...missing.map((keyId) => `"${keyId}" is missing, and this database holds secrets sealed with it`),
  ];
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `SALLYPORT_ENCRYPTION_KEYS: ${fault}.`));

  const forgotten = gone.filter((keyId) => !missing.includes(keyId));
  await database.client.encryptionKeyCheck.deleteMany({ where: { keyId: { in: forgotten } } });
  // Another instance may have written it in the meantime, with the same key.
  await database.client.encryptionKeyCheck.createMany({
    data: { keyId: keyring.firstKeyId, sealed: sealCheck(keyring) },
    skipDuplicates: true,
  });
}

/** The id that a sealed text names, as SQL; see the layout in keyring.ts. */
export const keyIdInSql = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`convert_from(substring(${column} FROM 3 FOR get_byte(${column}, 1)), 'UTF8')`;

/** Which of these keys something is still sealed with. */
async function stillUsed(db: Db, keyIds: readonly string[]): Promise<string[]> {
  if (keyIds.length === 0) return [];
  const uses = SEALED_COLUMNS.map(
    ({ table, column }) => Prisma.sql`SELECT ${keyIdInSql(Prisma.raw(column))} AS key_id FROM ${Prisma.raw(table)}`,
  );
  const rows = await db.$queryRaw<{ keyId: string }[]>`
    SELECT DISTINCT key_id AS "keyId" FROM (${Prisma.join(uses, ' UNION ALL ')}) AS uses
    WHERE key_id IN (${Prisma.join(keyIds)}) ORDER BY key_id`;
  return rows.map(({ keyId }) => keyId);
}
