import { createPublicKey, createSecretKey, randomBytes, sign, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { testDatabase } from '../../testing/database.ts';
import type { Database } from '../database/database.ts';
import { Keyring, KeyringError } from './keyring.ts';
import { SigningKeys, thumbprint } from './signing-keys.ts';

/** Other tests may keep the processors busy. */
const patience = { timeout: 10_000 };

const newKeyring = () => new Keyring([{ id: 'a', secret: createSecretKey(randomBytes(32)) }]);

let database: Database;
let clock: TestClock;
const keyring = newKeyring();
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.client.signingKey.deleteMany();
  clock = new TestClock();
});
afterAll(() => database.close());

const load = () => SigningKeys.load({ database, keyring, clock });
const days = (count: number) => ({ hours: 24 * count });

test('the thumbprint is that of RFC 8037 appendix A.3', () => {
  expect(thumbprint('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

describe('SEC-20: signing keys', () => {
  test('what the private key signs, the published key verifies', async () => {
    const keys = await load();
    const { kid, privateKey, publicKey } = keys.current();
    const [jwk] = keys.jwks().keys;
    expect(keys.jwks().keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid, alg: 'EdDSA', use: 'sig' },
    ]);
    const message = Buffer.from('token');
    const signature = sign(null, message, privateKey);
    expect(verify(null, message, publicKey, signature)).toBe(true);
    const published = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk?.x ?? '' }, format: 'jwk' });
    expect(verify(null, message, published, signature)).toBe(true);
  });

  test('several instances that start at once share one', async () => {
    const instances = await Promise.all(Array.from({ length: 5 }, load));
    expect(new Set(instances.map((keys) => keys.current().kid)).size).toBe(1);
    expect(await database.client.signingKey.count()).toBe(1);
  });

  test('the private key is sealed in the database, for its own id', async () => {
    const { kid } = (await load()).current();
    const row = await database.client.signingKey.findUniqueOrThrow({ where: { id: kid } });
    expect(Buffer.from(row.privateKey).toString('latin1')).not.toContain('PRIVATE KEY');
    expect(row.publicJwk).not.toHaveProperty('d');
    await expect(SigningKeys.load({ database, keyring: newKeyring(), clock })).rejects.toThrow(KeyringError);
    await database.client.signingKey.update({ where: { id: kid }, data: { id: 'another' } });
    await expect(load()).rejects.toThrow(KeyringError);
  });

  test('are the same after a restart, until they are 30 days old', async () => {
    const first = (await load()).current().kid;
    clock.advance({ ...days(30), seconds: -1 });
    expect((await load()).current().kid).toBe(first);
    clock.advance({ seconds: 1 });
    expect((await load()).current().kid).not.toBe(first);
  });

  test('a replaced one is published and accepted for an hour more', async () => {
    const first = (await load()).current().kid;
    clock.advance(days(30));
    const keys = await load();
    expect(keys.jwks().keys.map(({ kid }) => kid)).toEqual([keys.current().kid, first]);
    clock.advance({ minutes: 59 });
    expect((await keys.find(first))?.kid).toBe(first);
    clock.advance({ minutes: 1 });
    expect(await keys.find(first)).toBeNull();
    expect(keys.jwks().keys.map(({ kid }) => kid)).toEqual([keys.current().kid]);
  });

  test('only the last replaced one is kept', async () => {
    const kids = [];
    for (let rotation = 0; rotation < 3; rotation += 1) {
      kids.push((await load()).current().kid);
      clock.advance(days(30));
    }
    const keys = await load();
    const kept = (await database.client.signingKey.findMany()).map(({ id }) => id);
    expect(kept.toSorted()).toEqual([keys.current().kid, kids[2]].toSorted());
  });

  test('a running service rotates by itself, and its peer follows', async () => {
    const [one, other] = await Promise.all([load(), load()]);
    const first = one.current().kid;
    clock.advance(days(30));
    expect(one.current().kid).toBe(first);
    await expect.poll(() => one.current().kid, patience).not.toBe(first);
    other.current();
    await expect.poll(() => other.current().kid, patience).toBe(one.current().kid);
    expect(await database.client.signingKey.count()).toBe(2);
  });

  test('an operator makes a new one, which running services take up within a minute', async () => {
    const running = await load();
    const first = running.current().kid;
    const recorded: string[] = [];
    const rotate = async () =>
      (await load()).rotate(async (_tx, kid) => {
        recorded.push(kid);
      });
    clock.advance({ minutes: 59 });
    expect(await rotate()).toBeNull();
    clock.advance({ minutes: 1 });
    const second = await rotate();
    expect(recorded).toEqual([second]);
    expect(await rotate()).toBeNull();

    clock.advance({ seconds: 60 });
    expect(running.jwks().keys.map(({ kid }) => kid)).toEqual([first]);
    await expect.poll(() => running.jwks().keys.map(({ kid }) => kid), patience).toEqual([second, first]);
    expect(running.current().kid).toBe(second);
    clock.advance({ minutes: 59 });
    expect(await running.find(first)).toBeNull();
  });

  test('a new key without its audit event is none', async () => {
    const keys = await load();
    const first = keys.current().kid;
    clock.advance({ hours: 1 });
    await expect(
      keys.rotate(async () => {
        throw new Error('no room in the log');
      }),
    ).rejects.toThrow('no room');
    expect((await load()).current().kid).toBe(first);
  });

  test('a key of another instance is found, with at most one look a second', async () => {
    const read = vi.fn(database.client.$queryRaw);
    const client = Object.create(database.client, { $queryRaw: { value: read } });
    const old = await SigningKeys.load({ database: { ...database, client }, keyring, clock });
    clock.advance(days(31));
    const fresh = await load();
    const { kid } = fresh.current();
    expect(await Promise.all(Array.from({ length: 20 }, () => old.find(kid)))).toEqual(
      Array(20).fill(expect.objectContaining({ kid })),
    );
    read.mockClear();
    for (let index = 0; index < 20; index += 1) expect(await old.find(`unknown ${index}`)).toBeNull();
    expect(read).not.toHaveBeenCalled();
    clock.advance({ seconds: 1 });
    for (let index = 0; index < 20; index += 1) expect(await old.find(`unknown ${index}`)).toBeNull();
    expect(read).toHaveBeenCalledOnce();
  });
});
