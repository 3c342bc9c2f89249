import { EventReader, proveEvent } from '../features/audit/index.ts';
import { Keyring } from '../platform/crypto/keyring.ts';
import { lineOf } from './kept-head.ts';
import { withDatabase } from './open.ts';
import { print } from './output.ts';

/** @throws Problem `not_found`, `not_sealed_yet` */
export async function proveAudit(id: string, options: { json?: boolean }): Promise<void> {
  const proof = await withDatabase(({ client }, { encryptionKeys }) =>
    proveEvent(client, new EventReader(new Keyring(encryptionKeys)), null, id),
  );
  const { event, leafIndex, treeSize, auditPath, head } = proof;
  print(options.json, proof, [
    `Event ${event.id} is leaf ${leafIndex} of ${treeSize}.`,
    ...auditPath.map((hash) => `Path: ${hash}`),
    `Head: ${lineOf(head)}`,
  ]);
}
