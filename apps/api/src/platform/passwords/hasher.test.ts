import { randomBytes } from 'node:crypto';
import { BACKUP_CODE_COUNT } from '@sallyport/core/backup-codes';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Argon2Engine, type Argon2Parameters, argon2Engine, loadEngine, nodeRsEngine } from './engines.ts';
import { HashPool } from './hash-pool.ts';
import { CODE_HASH_PARAMETERS, createPasswordHasher, PASSWORD_HASH_PARAMETERS, type PasswordHasher } from './hasher.ts';

const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };

describe('SEC-1: passwords', () => {
  let hasher: PasswordHasher;
  beforeAll(async () => {
    hasher = await createPasswordHasher({ parameters: cheap });
  });

  test('are argon2id with the parameters of OWASP unless a test says otherwise', async () => {
    const real = await createPasswordHasher();
    const phc = await real.hash('correct horse battery');
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await real.verify(phc, 'correct horse battery')).toEqual({ ok: true, outdated: false });
  });

  test('are told from wrong ones', async () => {
    const phc = await hasher.hash('correct horse battery');
    expect(await hasher.verify(phc, 'correct horse battery')).toEqual({ ok: true, outdated: false });
    expect(await hasher.verify(phc, 'Correct horse battery')).toEqual({ ok: false, outdated: false });
    expect(await hasher.verify(phc, '')).toEqual({ ok: false, outdated: false });
  });

  test('have a salt of their own', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  test('may have every Unicode character, and count whole', async () => {
    const phrase = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 });
    await fc.assert(
      fc.asyncProperty(phrase, async (password) => {
        const phc = await hasher.hash(password);
        expect((await hasher.verify(phc, password)).ok).toBe(true);
        expect((await hasher.verify(phc, `${password}x`)).ok).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('are the same however the keyboard composes them', async () => {
    const phc = await hasher.hash('caf\u00e9 au lait');
    expect((await hasher.verify(phc, 'cafe\u0301 au lait')).ok).toBe(true);
    expect((await hasher.verify(phc, 'caf\u00e9\u00a0au lait')).ok).toBe(true);
  });

  test('of older parameters are right and outdated', async () => {
    const older = await createPasswordHasher({ parameters: { ...cheap, memoryCost: 32 } });
    const phc = await older.hash('correct horse battery');
    expect(await hasher.verify(phc, 'correct horse battery')).toEqual({ ok: true, outdated: true });
    expect(await hasher.verify(phc, 'wrong')).toEqual({ ok: false, outdated: false });
  });
});

test('SEC-2: nobody costs what somebody costs', async () => {
  const verified: string[] = [];
  const engine = await loadEngine();
  const watched: Argon2Engine = {
    ...engine,
    verify: (phc, input) => {
      verified.push(phc.split('$').slice(0, 4).join('$'));
      return engine.verify(phc, input);
    },
  };
  const hasher = await createPasswordHasher({ engine: watched, parameters: cheap });
  await hasher.verify(await hasher.hash('somebody'), 'wrong');
  expect(await hasher.verifyDummy('wrong')).toBeUndefined();
  expect(verified[1]).toBe(verified[0]);
});

test('SEC-13: a backup code under the salt of its set is always the same 32 bytes', async () => {
  const hasher = await createPasswordHasher({ parameters: cheap });
  const [salt, secret] = [randomBytes(16), randomBytes(32)];
  const [derived, other] = await hasher.deriveKeyed(['ABCDEFGH1234', 'ABCDEFGH1235'], salt, secret);
  expect(derived).toHaveLength(32);
  expect(other).not.toEqual(derived);
  expect(await hasher.deriveKeyed(['ABCDEFGH1234'], salt, secret)).toEqual([derived]);
  expect(await hasher.deriveKeyed(['ABCDEFGH1234'], randomBytes(16), secret)).not.toEqual([derived]);
  expect(await hasher.deriveKeyed(['ABCDEFGH1234'], salt, randomBytes(32))).not.toEqual([derived]);
});

test('SEC-13: ten backup codes cost less than one password', () => {
  // Argon2 fills its memory once a pass (RFC 9106, section 3.1.2); `pnpm bench` measures it.
  const filled = ({ memoryCost, timeCost }: Argon2Parameters): number => memoryCost * timeCost;
  expect(BACKUP_CODE_COUNT * filled(CODE_HASH_PARAMETERS)).toBeLessThan(filled(PASSWORD_HASH_PARAMETERS) / 3);
});

test('SEC-51: everything goes through the pool', async () => {
  const pool = new HashPool({ slots: 1, queueLimit: 0 });
  const hasher = await createPasswordHasher({ pool, parameters: cheap });
  const phc = await hasher.hash('x');
  const busy = hasher.verifyDummy('x');
  const salt = randomBytes(16);
  for (const refused of [
    hasher.hash('x'),
    hasher.verify(phc, 'x'),
    hasher.deriveUnkeyed('x', salt),
    hasher.deriveKeyed(['x'], salt, salt),
  ]) {
    await expect(refused).rejects.toMatchObject({ code: 'overloaded' });
  }
  await busy;
});

describe('the two argon2 libraries are one', async () => {
  const reference = await argon2Engine().catch(() => null);
  const engine = await nodeRsEngine();

  test.skipIf(reference === null)(
    'each verifies the hashes of the other (skipped where `argon2` was not built)',
    async () => {
      const [ours, theirs] = [engine, reference ?? engine];
      for (const parameters of [cheap, PASSWORD_HASH_PARAMETERS]) {
        const [hash, theirHash] = await Promise.all([
          ours.hash('pässword', parameters),
          theirs.hash('pässword', parameters),
        ]);
        // `argon2` writes the parameters in another order than the PHC format names them; both read either.
        expect(theirHash.split(/[$,]/).slice(0, 6).toSorted()).toEqual(hash.split(/[$,]/).slice(0, 6).toSorted());
        expect(theirHash).toHaveLength(hash.length);
        for (const phc of [hash, theirHash]) {
          for (const one of [ours, theirs]) {
            expect(await one.verify(phc, 'pässword')).toBe(true);
            expect(await one.verify(phc, 'password')).toBe(false);
            expect(one.isOutdated(phc, parameters)).toBe(false);
            expect(one.isOutdated(phc, { ...parameters, timeCost: 3 })).toBe(true);
          }
        }
      }
    },
  );

  test.skipIf(reference === null)('both derive the same bytes (skipped where `argon2` was not built)', async () => {
    const salt = randomBytes(16);
    for (const secret of [undefined, randomBytes(32)]) {
      const derived = await engine.raw('abcde12345', salt, cheap, secret);
      expect(await reference?.raw('abcde12345', salt, cheap, secret)).toEqual(derived);
    }
  });

  test('a hash of another kind is outdated', () => {
    const argon2i = '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$Rdescudvj3rF1bJ+4bMGJnyWHyMBjbPy3YeQRnbSyXA';
    for (const one of reference ? [engine, reference] : [engine]) expect(one.isOutdated(argon2i, cheap)).toBe(true);
  });
});
