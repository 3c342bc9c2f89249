import { createSecretKey } from 'node:crypto';
import { Keyring } from '../platform/crypto/keyring.ts';
import { type DatabaseConfig, openDatabase } from '../platform/database/database.ts';
import { TestLog } from './audit-log.ts';

// A process that writes and seals events until it is killed; it says when it has opened the database, and at each seal.

const [config = '', secret = ''] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(config) as DatabaseConfig);
const keyring = new Keyring([{ id: 'a', secret: createSecretKey(Buffer.from(secret, 'hex')) }]);
const log = await TestLog.on(database, keyring);
for (;;) {
  await log.appendMany(40);
  await log.sealer.seal();
  process.stdout.write('sealed\n');
}
