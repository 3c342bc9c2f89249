import { normalizePassword } from '@sallyport/core';
import { type Argon2Engine, type Argon2Parameters, loadEngine } from './engines.ts';
import { HashPool } from './hash-pool.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
export const PASSWORD_HASH_PARAMETERS: Argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords and backup codes as argon2id (SEC-1). Every method may throw Problem `overloaded`. */
export interface PasswordHasher {
  /** A PHC string that holds parameters and salt. */
  hash(password: string): Promise<string>;
  /** `outdated`: the password is right and its hash should be replaced by one of today's parameters. */
  verify(phc: string, password: string): Promise<{ ok: boolean; outdated: boolean }>;
  /** Costs what `verify` costs and never succeeds: for users who do not exist or have no password (SEC-2). */
  verifyDummy(password: string): Promise<void>;
  /**
   * 32 bytes that depend on nothing but the arguments, to find a backup code among its set.
   *
   * @param salt at least 8 bytes
   */
  deriveRaw(input: string, salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

export interface PasswordHasherOptions {
  pool?: HashPool;
  /** Tests make it cheap. Default: PASSWORD_HASH_PARAMETERS. */
  parameters?: Argon2Parameters;
  /** Default: the first one that this machine can run. */
  engine?: Argon2Engine;
}

/** @throws AggregateError when no argon2 library runs on this machine */
export async function createPasswordHasher(options: PasswordHasherOptions = {}): Promise<PasswordHasher> {
  const { pool = new HashPool(), parameters = PASSWORD_HASH_PARAMETERS } = options;
  const engine = options.engine ?? (await loadEngine());
  const dummy = await engine.hash('the password of nobody', parameters);

  return {
    hash: (password) => pool.run(() => engine.hash(normalizePassword(password), parameters)),
    async verify(phc, password) {
      const ok = await pool.run(() => engine.verify(phc, normalizePassword(password)));
      return { ok, outdated: ok && engine.isOutdated(phc, parameters) };
    },
    async verifyDummy(password) {
      await pool.run(() => engine.verify(dummy, normalizePassword(password)));
    },
    deriveRaw: async (input, salt) => Uint8Array.from(await pool.run(() => engine.raw(input, salt, parameters))),
  };
}
