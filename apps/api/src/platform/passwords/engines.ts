/** Cost of one argon2id hash (RFC 9106). */
export interface Argon2Parameters {
  /** KiB. */
  memoryCost: number;
  /** Passes. */
  timeCost: number;
  /** Lanes. */
  parallelism: number;
}

/** A library that computes argon2id on libuv's threads. */
export interface Argon2Engine {
  readonly name: string;
  /** PHC string, with a random salt of 16 bytes and an output of 32. */
  hash(input: string, parameters: Argon2Parameters): Promise<string>;
  /** Rejects when `phc` is no PHC string. */
  verify(phc: string, input: string): Promise<boolean>;
  /** Whether `phc` has other parameters than these. */
  isOutdated(phc: string, parameters: Argon2Parameters): boolean;
  /**
   * The 32 output bytes themselves.
   *
   * @param secret the key `K` of RFC 9106, section 3.1; none unless given
   */
  raw(input: string, salt: Uint8Array, parameters: Argon2Parameters, secret?: Uint8Array): Promise<Uint8Array>;
}

const OUTPUT_BYTES = 32;

/** `@node-rs/argon2`: ready binaries for every common platform, and the faster one. Rejects where it has none. */
export async function nodeRsEngine(): Promise<Argon2Engine> {
  const library = await import('@node-rs/argon2');
  // The enums are `const`, which isolated modules cannot read: 2 is argon2id, 1 is version 1.3.
  const fixed = { algorithm: 2, version: 1, outputLen: OUTPUT_BYTES } as const;
  return {
    name: '@node-rs/argon2',
    hash: (input, parameters) => library.hash(input, { ...fixed, ...parameters }),
    verify: (phc, input) => library.verify(phc, input),
    isOutdated(phc, parameters) {
      const { algorithm, version, memoryCost, timeCost, parallelism } = library.parseOptions(phc);
      return (
        algorithm !== fixed.algorithm ||
        version !== fixed.version ||
        memoryCost !== parameters.memoryCost ||
        timeCost !== parameters.timeCost ||
        parallelism !== parameters.parallelism
      );
    },
    raw: (input, salt, parameters, secret) =>
      library.hashRaw(input, { ...fixed, ...parameters, salt, ...(secret === undefined ? {} : { secret }) }),
  };
}

/** `argon2`: compiled at installation where there is a compiler. Rejects where it is not installed. */
export async function argon2Engine(): Promise<Argon2Engine> {
  const { default: library } = await import('argon2');
  const type = library.argon2id;
  return {
    name: 'argon2',
    hash: (input, parameters) => library.hash(input, { type, hashLength: OUTPUT_BYTES, ...parameters }),
    verify: (phc, input) => library.verify(phc, input),
    isOutdated: (phc, parameters) => !phc.startsWith('$argon2id$') || library.needsRehash(phc, parameters),
    raw: (input, salt, parameters, secret) =>
      library.hash(input, {
        ...{ type, hashLength: OUTPUT_BYTES, ...parameters, salt: Buffer.from(salt), raw: true },
        ...(secret === undefined ? {} : { secret: Buffer.from(secret) }),
      }),
  };
}

/** The first library that this machine can run. */
export async function loadEngine(): Promise<Argon2Engine> {
  try {
    return await nodeRsEngine();
  } catch (cause) {
    return argon2Engine().catch((second: unknown) => {
      throw new AggregateError([cause, second], 'Neither @node-rs/argon2 nor argon2 has a binary for this machine.');
    });
  }
}
