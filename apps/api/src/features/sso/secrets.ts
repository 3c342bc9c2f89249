import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { SealedColumn } from '../../platform/crypto/store.ts';
import type { SpKeyPair } from './protocols/saml/service-provider.ts';

/** Sealed beside the configuration. */
export interface ConnectionSecrets {
  clientSecret?: string;
  keyPair?: SpKeyPair;
}

/** What the secrets of a connection are sealed for: they do not open in another. */
export const connectionContext = (connectionId: string): string => `sso-connection:${connectionId}`;

/** What the secrets of a change that waits are sealed for. */
export const changeContext = (changeId: string): string => `sso-connection-change:${changeId}`;

/** What the secrets of an attempt are sealed for. */
export const transactionContext = (transactionId: string): string => `sso-transaction:${transactionId}`;

/** The column with the secrets of a table whose rows they are sealed for. */
export const sealedSecrets = (table: string, contextOf: (id: string) => string): SealedColumn => ({
  table,
  column: 'secrets',
  key: 'id',
  keyType: 'uuid',
  record: 'id',
  context: ({ recordId }) => contextOf(recordId),
});

const toBytes = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

/** @param context of the connection, or of a change of it */
export const sealSecrets = (keyring: Keyring, context: string, secrets: ConnectionSecrets) =>
  keyring.seal(toBytes(secrets), context);

/** @param row `changeId` where the secrets are those of a change */
export function openSecrets(
  keyring: Keyring,
  { id, changeId, secrets }: { id: string; changeId: string | null; secrets: Uint8Array },
): ConnectionSecrets {
  const context = changeId === null ? connectionContext(id) : changeContext(changeId);
  return JSON.parse(Buffer.from(keyring.open(secrets, context)).toString());
}

export const sealAttempt = (keyring: Keyring, transactionId: string, secrets: object) =>
  keyring.seal(toBytes(secrets), transactionContext(transactionId));

export const openAttempt = <T>(keyring: Keyring, row: { id: string; secrets: Uint8Array }): T =>
  JSON.parse(Buffer.from(keyring.open(row.secrets, transactionContext(row.id))).toString());
