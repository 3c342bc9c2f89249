import { type LogFault, verifyLog } from '../features/audit/index.ts';
import { Keyring } from '../platform/crypto/keyring.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import type { HeadText } from './kept-head.ts';
import { withDatabase } from './open.ts';
import { counted, print, progress } from './output.ts';

const meanings: Record<LogFault['reason'], string> = {
  altered: 'it does not fit its own hash, so it was altered',
  missing: 'there is no event at this place, so it was removed',
  slipped_in: 'it is not in the sealed log and older than its end, so it was slipped in',
  leaf_missing: 'it is gone from the sealed log, so it was removed',
  stray: 'there is more than the signed head knows of',
  rearranged:
    'from here on the events do not give the head that was signed, so some were moved, replaced or slipped in',
  unsigned: 'no key of this service signed the head',
  foreign_head: 'no key of this service signed the head that was kept',
  key_missing:
    'the key is gone under which it says whom it is about, and the log does not tell that the user was erased',
  without_head: 'it ends without the head that was kept, so its end was cut off or all of it made anew',
  unlinked: 'it does not continue the event before it, so one of them was moved or replaced',
  unchained: 'it is not part of the chain, so it was slipped in',
  wrong_end: 'the chain ends here, but the record of its end says otherwise',
};

const placeOf = ({ sequence, leafIndex }: LogFault): string => {
  if (sequence !== undefined) return `Event ${sequence}`;
  return leafIndex === undefined ? 'The log' : `Leaf ${leafIndex}`;
};

/** @throws CommandError EX_DATAERR that names the first fault */
export async function verifyAudit(options: { json?: boolean; expect?: HeadText | string }): Promise<void> {
  const { json, expect: kept } = options;
  const bar = progress('Verifying');
  const result = await withDatabase(({ client }, { encryptionKeys }) =>
    verifyLog(client, { keyring: new Keyring(encryptionKeys), onProgress: bar.update, kept }),
  ).finally(() => bar.stop());
  const { ok, count, erased, keptLeaves, removed, headHash, waiting, firstFault } = result;
  if (ok || json) {
    const unsealed = waiting === 0 ? '' : ` ${waiting} of them not sealed yet.`;
    const ofErased = erased === 0 ? '' : ` ${erased} of them of users who were erased.`;
    const kept =
      keptLeaves === 0 ? '' : ` Of ${counted(keptLeaves, 'event')} of earlier versions the leaf alone is left.`;
    const gone = removed === 0 ? '' : ` ${counted(removed, 'event')} more were kept long enough and removed.`;
    print(json, result, [
      `${counted(count, 'event')}, all in order.${unsealed}${ofErased}${kept}${gone} Hash of the sealed log: ${headHash}`,
    ]);
  }
  if (firstFault) {
    throw new CommandError(EX.DATAERR, `${placeOf(firstFault)}: ${meanings[firstFault.reason]}.`);
  }
}
