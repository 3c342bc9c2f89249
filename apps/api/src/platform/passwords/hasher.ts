import { normalizePassword } from '@sallyport/core';
import { type Argon2Engine, type Argon2Parameters, loadEngine } from './engines.ts';
import { HashPool } from './hash-pool.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
export const PASSWORD_HASH_PARAMETERS: Argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * For what is random already (60 bits a backup code) and keyed: ten of them cost a quarter of one password verification.
 * See docs/decisions/0014-backup-codes-are-keyed.md.
 */
export const CODE_HASH_PARAMETERS: Argon2Parameters = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

/** Passwords and backup codes as argon2id (SEC-1). Every method may throw Problem `overloaded`. */
export interface PasswordHasher {
  /** A PHC string that holds parameters and salt. */
  hash(password: string): Promise<string>;
  /** `outdated`: the password is right and its hash should be replaced by one of today's parameters. */
  verify(phc: string, password: string): Promise<{ ok: boolean; outdated: boolean }>;
  /** Costs what `verify` costs and never succeeds: for users who do not exist or have no password (SEC-2). */
  verifyDummy(password: string): Promise<void>;
  /**
   * 32 bytes for each input, which depend on nothing but the arguments: to find a backup code among its set. They are
   * made one after another in one slot.
   *
   * @param salt at least 8 bytes
   * @param secret 32 bytes without which nobody can try codes
   */
  deriveKeyed(inputs: readonly string[], salt: Uint8Array, secret: Uint8Array): Promise<Uint8Array<ArrayBuffer>[]>;
  /** As `deriveKeyed`, of one input, without a secret and at the cost of a password: how backup codes were stored. */
  deriveUnkeyed(input: string, salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
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
    hash: (password) => pool.run('new_password', () => engine.hash(normalizePassword(password), parameters)),
    async verify(phc, password) {
      const ok = await pool.run('password', () => engine.verify(phc, normalizePassword(password)));
      return { ok, outdated: ok && engine.isOutdated(phc, parameters) };
    },
    async verifyDummy(password) {
      await pool.run('password', () => engine.verify(dummy, normalizePassword(password)));
    },
    deriveKeyed: (inputs, salt, secret) =>
      pool.run('backup_code', async () => {
        const derived: Uint8Array<ArrayBuffer>[] = [];
        for (const input of inputs) {
          derived.push(Uint8Array.from(await engine.raw(input, salt, CODE_HASH_PARAMETERS, secret)));
        }
        return derived;
      }),
    deriveUnkeyed: async (input, salt) =>
      Uint8Array.from(await pool.run('backup_code', () => engine.raw(input, salt, parameters))),
  };
}
