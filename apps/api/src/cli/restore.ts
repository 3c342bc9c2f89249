import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { sealedColumns } from '../features/key-rotation/index.ts';
import { Keyring } from '../platform/crypto/keyring.ts';
import { checkKeyring } from '../platform/crypto/keyring-check.ts';
import { NoBackupError, restoreDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrator.ts';
import { embedded } from './backup.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { pathOf, unreadable } from './files.ts';
import { print } from './output.ts';

/**
 * What the backup is, and whether the keys fit it, is found out before it takes its place: a restore that fails leaves
 * the data folder as it was (SEC-55).
 *
 * @throws CommandError EX_CONFIG without the encryption keys, EX_CANTCREAT where there is a database already,
 *   EX_NOINPUT, EX_DATAERR when the file is no backup; ConfigError where the keys are not those of the backup;
 *   MigrationError where a newer version made it
 */
export async function restore(file: string, options: { replace?: boolean }): Promise<void> {
  assertKeysAreThere();
  const { dataDir, encryptionKeys } = embedded(loadConfig(), 'pg_restore');
  if (!options.replace && existsSync(join(dataDir, 'database'))) {
    throw new CommandError(EX.CANTCREAT, `There is a database in ${dataDir}. With --replace it is put aside.`);
  }
  const tarball = await readFile(pathOf(file)).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const replaced = await restoreDatabase(dataDir, tarball, async (database) => {
    // An earlier version may have made the backup.
    await migrate(database);
    await checkKeyring(database, new Keyring(encryptionKeys), sealedColumns);
  }).catch((error: unknown) => {
    if (!(error instanceof NoBackupError)) throw error;
    throw new CommandError(EX.DATAERR, `${file} is no backup of the embedded database.`);
  });
  print(false, {}, [
    `Restored the database in ${dataDir}.`,
    ...(replaced === null ? [] : [`The earlier one is ${replaced}.`]),
    'What changed since the backup is undone, sign-outs and spent codes too: see docs/operators/recover.md.',
  ]);
}

/** The configuration would generate keys where there are none, and they would not fit. */
function assertKeysAreThere(): void {
  const { SALLYPORT_DATA_DIR, SALLYPORT_ENCRYPTION_KEYS, SALLYPORT_ENCRYPTION_KEYS_FILE } = process.env;
  const folder = resolve(SALLYPORT_DATA_DIR || '.data');
  if (SALLYPORT_ENCRYPTION_KEYS || SALLYPORT_ENCRYPTION_KEYS_FILE || existsSync(join(folder, 'encryption-keys')))
    return;
  throw new CommandError(
    EX.CONFIG,
    `A backup holds no encryption keys: put its file encryption-keys into ${folder}, or set SALLYPORT_ENCRYPTION_KEYS.`,
  );
}
