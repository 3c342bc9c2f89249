import { createSecretKey, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealedColumns } from '../../features/key-rotation/index.ts';
import { testDatabase } from '../../testing/database.ts';
import { ConfigError } from '../config-error.ts';
import type { Database } from '../database/database.ts';
import { newId } from './ids.ts';
import { type EncryptionKey, Keyring } from './keyring.ts';
import { checkKeyring } from './keyring-check.ts';

const newKey = (id: string): EncryptionKey => ({ id, secret: createSecretKey(randomBytes(32)) });
const a = newKey('a');
const b = newKey('b');

let database: Database;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const check = (...keys: EncryptionKey[]) => checkKeyring(database, new Keyring(keys), sealedColumns);
const checked = async () => (await database.client.encryptionKeyCheck.findMany()).map(({ keyId }) => keyId).toSorted();

/** Something sealed under the first of the keys. */
async function sealSomething(...keys: EncryptionKey[]): Promise<string> {
  const id = newId();
  const message = new Keyring(keys).seal(Buffer.from('{}'), `mail:${id}`);
  await database.client.outgoingMail.create({
    data: { id, message, nextAttemptAt: new Date(), createdAt: new Date() },
  });
  return id;
}

describe('SEC-55: at start', () => {
  test('a new database takes note of the key that seals', async () => {
    await check(a, b);
    expect(await checked()).toEqual(['a']);
    await check(a, b);
    expect(await checked()).toEqual(['a']);
  });

  test('several instances may start at once', async () => {
    await Promise.all([check(a), check(a), check(a)]);
    expect(await checked()).toEqual(['a']);
  });

  test('a lost key is detected, named, and nothing is written', async () => {
    await check(a);
    await sealSomething(a);
    const error = await check(b).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      exitCode: 78,
      faults: ['SALLYPORT_ENCRYPTION_KEYS: "a" is missing, and this database holds secrets sealed with it.'],
    });
    expect(await checked()).toEqual(['a']);
    await check(a);
  });

  test('another key under the name of the old one is detected', async () => {
    await check(a);
    await expect(check(newKey('a'))).rejects.toMatchObject({
      exitCode: 78,
      faults: [expect.stringContaining('"a" must be the key of that name')],
    });
    await check(a);
  });

  test('every fault is told at once', async () => {
    await check(a);
    await sealSomething(a);
    await check(b, a);
    await expect(check(newKey('b'))).rejects.toMatchObject({ faults: [expect.any(String), expect.any(String)] });
  });

  test('a rotation: the old key may go once nothing is sealed with it, and not before', async () => {
    await check(a);
    const id = await sealSomething(a);
    await check(b, a);
    expect(await checked()).toEqual(['a', 'b']);
    await expect(check(b)).rejects.toThrow('"a" is missing');
    await database.client.outgoingMail.delete({ where: { id } });
    await sealSomething(b);
    await check(b);
    expect(await checked()).toEqual(['b']);
  });
});
