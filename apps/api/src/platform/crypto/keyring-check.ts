import { ConfigError } from '../config-error.ts';
import type { Database, Marks, Presence } from '../database/database.ts';
import { type Keyring, KeyringError } from './keyring.ts';
import { keyChecksStore, type SealedColumn, sealedStore } from './store.ts';

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

const known = (keyring: Keyring, keyId: string): string => `encryption-key-known:${keyring.fingerprint(keyId)}`;
const sealing = (keyring: Keyring, keyId: string): string => `encryption-key-sealing:${keyring.fingerprint(keyId)}`;

/**
 * Joins the instances that use this database, if each of them can open what this one would seal, and this one what
 * they do: a key is known everywhere before it seals anywhere, and is taken out after it sealed the last (SEC-55).
 *
 * @param more what else to tell the others
 * @throws ConfigError naming the step that was left out
 */
export const joinInstances = (
  { announce }: Pick<Database, 'announce'>,
  keyring: Keyring,
  more: readonly string[] = [],
): Promise<Presence> => {
  const { firstKeyId, keyIds } = keyring;
  const marks = [sealing(keyring, firstKeyId), ...keyIds.map((keyId) => known(keyring, keyId)), ...more];
  return announce(marks, (others) => {
    const opensOurs = (other: Marks): boolean => other.has(known(keyring, firstKeyId));
    const opensTheirs = (other: Marks): boolean => keyIds.some((keyId) => other.has(sealing(keyring, keyId)));
    const faults = [
      ...(others.every(opensOurs)
        ? []
        : [`"${firstKeyId}" comes first, and another server does not know it yet. Add it last to all of them first`]),
      ...(others.every(opensTheirs) ? [] : ['the key that comes first on another server is missing']),
    ];
    if (faults.length > 0) throw new ConfigError(faults.map((fault) => `SALLYPORT_ENCRYPTION_KEYS: ${fault}.`));
  });
};

/**
 * Finds out at start whether an encryption key was lost or mixed up, before anything is written (SEC-55). The database
 * holds a known text under each key that ever sealed in it. A key that is gone is forgotten once nothing is sealed
 * with it any more, which is how a rotation ends.
 *
 * @param columns every column that holds sealed texts
 * @throws ConfigError naming the keys that are missing or not the ones they were
 */
export async function checkKeyring(
  { client }: Pick<Database, 'client'>,
  keyring: Keyring,
  columns: readonly SealedColumn[],
): Promise<void> {
  const faults = await keyringFaults({ client }, keyring, columns);
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `SALLYPORT_ENCRYPTION_KEYS: ${fault}.`));

  const store = keyChecksStore(client);
  const checks = await store.list();
  await store.forget(checks.map(({ keyId }) => keyId).filter((keyId) => !keyring.keyIds.includes(keyId)));
  await store.save(keyring.firstKeyId, sealCheck(keyring));
}

/** Which keys are missing or not the ones they were, a line each; writes nothing. */
export async function keyringFaults(
  { client }: Pick<Database, 'client'>,
  keyring: Keyring,
  columns: readonly SealedColumn[],
): Promise<string[]> {
  const checks = await keyChecksStore(client).list();
  const isConfigured = ({ keyId }: { keyId: string }): boolean => keyring.keyIds.includes(keyId);
  const wrong = checks.filter((check) => isConfigured(check) && !opensCheck(keyring, check.keyId, check.sealed));
  const gone = checks.filter((check) => !isConfigured(check)).map(({ keyId }) => keyId);
  const uses = gone.length === 0 ? new Map() : await sealedStore(client).uses(columns);
  const missing = gone.filter((keyId) => uses.has(keyId));
  return [
    ...wrong.map(({ keyId }) => `"${keyId}" must be the key of that name which this database was written with`),
    ...missing.map((keyId) => `"${keyId}" is missing, and this database holds secrets sealed with it`),
  ];
}
