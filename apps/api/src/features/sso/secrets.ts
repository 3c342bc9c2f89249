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

export const sealJson = (keyring: Keyring, context: string, value: object) =>
  keyring.seal(Buffer.from(JSON.stringify(value)), context);

/** What was sealed for the context; whoever asks knows its type. */
export const openJson = <T>(keyring: Keyring, context: string, sealed: Uint8Array): T =>
  JSON.parse(Buffer.from(keyring.open(sealed, context)).toString());

/** @param context of the connection, or of a change of it */
export const sealSecrets = (keyring: Keyring, context: string, secrets: ConnectionSecrets) =>
  sealJson(keyring, context, secrets);

/** @param row `changeId` where the secrets are those of a change */
export const openSecrets = (
  keyring: Keyring,
  { id, changeId, secrets }: { id: string; changeId: string | null; secrets: Uint8Array },
): ConnectionSecrets => openJson(keyring, changeId === null ? connectionContext(id) : changeContext(changeId), secrets);
