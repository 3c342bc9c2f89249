import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { ConnectionSecrets } from './protocols/identity.ts';

/** What the secrets of a connection are sealed for: they do not open in another. */
export const connectionContext = (connectionId: string): string => `sso-connection:${connectionId}`;

/** What the secrets of an attempt are sealed for. */
export const transactionContext = (transactionId: string): string => `sso-transaction:${transactionId}`;

const toBytes = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

export const sealSecrets = (keyring: Keyring, connectionId: string, secrets: ConnectionSecrets) =>
  keyring.seal(toBytes(secrets), connectionContext(connectionId));

export const openSecrets = (keyring: Keyring, row: { id: string; secrets: Uint8Array }): ConnectionSecrets =>
  JSON.parse(Buffer.from(keyring.open(row.secrets, connectionContext(row.id))).toString());

export const sealAttempt = (keyring: Keyring, transactionId: string, secrets: object) =>
  keyring.seal(toBytes(secrets), transactionContext(transactionId));

export const openAttempt = <T>(keyring: Keyring, row: { id: string; secrets: Uint8Array }): T =>
  JSON.parse(Buffer.from(keyring.open(row.secrets, transactionContext(row.id))).toString());
