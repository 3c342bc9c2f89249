import { KeyRotationService } from '../features/key-rotation/index.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { counted, print, progress } from './output.ts';

/**
 * @throws CommandError EX_DATAERR when a secret cannot be read; EX_TEMPFAIL while a server still seals under an
 *   earlier key
 */
export async function rotateKeys(options: { json?: boolean }): Promise<void> {
  const bar = progress('Sealing again');
  const outcome = await withServices(({ resources, services }) =>
    new KeyRotationService({ ...resources, audit: services.audit }).rotate(bar.update),
  ).finally(() => bar.stop());
  const { keyId, resealed, unreadable, unusedKeyIds, usedKeyIds } = outcome;
  print(options.json, outcome, [
    `Sealed ${counted(resealed, 'secret')} again under the key "${keyId}".`,
    ...(unusedKeyIds.length > 0
      ? [`Not used any more, and may be taken out of SALLYPORT_ENCRYPTION_KEYS: ${unusedKeyIds.join(', ')}`]
      : []),
  ]);
  if (unreadable.length > 0) {
    const lines = unreadable.map(
      ({ table, key }) => `The secret of ${key} in ${table} was altered and cannot be read.`,
    );
    throw new CommandError(EX.DATAERR, ...lines);
  }
  if (usedKeyIds.length > 0) {
    throw new CommandError(
      EX.TEMPFAIL,
      `Still used: ${usedKeyIds.join(', ')}. Start every server with the new key first, then run this again.`,
    );
  }
}
