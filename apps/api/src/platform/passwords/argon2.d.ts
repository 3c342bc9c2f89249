/** The part of `argon2` that is used here: an optional dependency, which is absent where it cannot be compiled. */
declare module 'argon2' {
  interface Options {
    type?: number;
    hashLength?: number;
    memoryCost?: number;
    timeCost?: number;
    parallelism?: number;
    salt?: Buffer;
    secret?: Buffer;
  }

  const argon2: {
    readonly argon2id: number;
    hash(input: string, options: Options & { raw: true }): Promise<Buffer>;
    hash(input: string, options: Options): Promise<string>;
    verify(phc: string, input: string): Promise<boolean>;
    needsRehash(phc: string, options: Options): boolean;
  };
  export default argon2;
}
