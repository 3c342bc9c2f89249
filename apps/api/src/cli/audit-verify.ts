import { type ChainFault, verifyChain } from '../features/audit/index.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withDatabase } from './open.ts';
import { counted, print, progress } from './output.ts';

const meanings: Record<ChainFault['reason'], string> = {
  altered: 'it does not fit its own hash, so it was altered',
  unlinked: 'it does not continue the event before it, so one of them was moved or replaced',
  missing: 'there is no event at this place, so it was removed',
  unchained: 'it is not part of the chain, so it was slipped in',
  wrong_end: 'the log ends here, but the record of its end says otherwise',
  without_head: 'the log ends here without the head that was kept, so its end was cut off or all of it made anew',
};

/** @throws CommandError EX_DATAERR that names the first fault */
export async function verifyAudit(options: { json?: boolean; expect?: string }): Promise<void> {
  const bar = progress('Verifying');
  const result = await withDatabase(({ client }) => verifyChain(client, bar.update, undefined, options.expect)).finally(
    () => bar.stop(),
  );
  const { ok, count, headHash, firstFault } = result;
  if (ok || options.json) {
    print(options.json, result, [`${counted(count, 'event')}, all in order. Hash of the last one: ${headHash}`]);
  }
  if (firstFault) {
    throw new CommandError(EX.DATAERR, `Event ${firstFault.sequence}: ${meanings[firstFault.reason]}.`);
  }
}
