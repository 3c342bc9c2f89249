import { readHead } from '../features/audit/index.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { lineOf } from './kept-head.ts';
import { withDatabase } from './open.ts';
import { print } from './output.ts';

/** @throws CommandError EX_TEMPFAIL where nothing is sealed yet */
export async function printHead(options: { json?: boolean }): Promise<void> {
  const head = await withDatabase(({ client }) => readHead(client));
  if (!head) throw new CommandError(EX.TEMPFAIL, 'Nothing is sealed yet: a server does it within a second.');
  print(options.json, head, [lineOf(head)]);
}
