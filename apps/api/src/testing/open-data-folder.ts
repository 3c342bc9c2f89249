import { openDatabase } from '../platform/database/database.ts';

/** A process that opens the data folder named by its argument, says so, and keeps it open until it is killed. */
const [, , dataDir = ''] = process.argv;
await openDatabase({ kind: 'embedded', dataDir });
process.stdout.write('open\n');
setInterval(() => {}, 60_000);
