import { DAY_MS, type PasskeyModels } from '@sallyport/core';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { beforeAll, describe, expect, test } from 'vitest';
import { AuthenticatorMaker, type BatchOptions } from '../../../testing/authenticator-maker.ts';
import { attestationObject, SoftwareAuthenticator, type Statement } from '../../../testing/software-authenticator.ts';
import { assertTaken, withoutStatement } from './attestation.ts';
import { ModelFault } from './faults.ts';

/*
 * The bounds of what is taken (WebAuthn Level 3, section 7.1, steps 22 to 24); models.db.test.ts has the rest, through the
 * library that verifies the statement.
 */

const BLUE = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

let maker: AuthenticatorMaker;
beforeAll(async () => {
  maker = await AuthenticatorMaker.start();
});

type Attest = (authData: Uint8Array, clientDataHash: Uint8Array) => Statement;

/** What an authenticator of the blue model sends. */
const objectBy = (attest: Attest): string =>
  new SoftwareAuthenticator().create(
    { rp: { id: 'localhost' }, user: { id: '' }, challenge: '', excludeCredentials: [] },
    { aaguid: BLUE, attest },
  ).response.attestationObject;

const taking = (...roots: string[]): PasskeyModels => ({ models: [{ aaguid: BLUE, name: 'Blue key' }], roots });

/** Why the object is not taken; null: it is. */
function refusalOf(object: string, models = taking(maker.root), now = new Date()): string | null {
  try {
    assertTaken(object, models, now);
    return null;
  } catch (error) {
    if (error instanceof ModelFault) return error.refusal;
    throw error;
  }
}

/** By a certificate of the batch, with what follows it in the chain. */
async function objectOf(options: BatchOptions = {}, ...more: Uint8Array[]): Promise<string> {
  const { packed, x5c } = await maker.batch({ aaguid: BLUE, ...options });
  return objectBy((authData, clientDataHash) => {
    const statement = packed(authData, clientDataHash);
    statement.attStmt.set('x5c', [...x5c, ...more]);
    return statement;
  });
}

const moment = (time: Date, ms: number) => new Date(time.getTime() + ms);

/** To the second, as certificates have it. */
const inDays = (days: number) => new Date(Math.floor((Date.now() + days * DAY_MS) / 1000) * 1000);

describe('a certificate vouches', () => {
  const [notBefore, notAfter] = [inDays(10), inDays(20)];
  const made = {
    it: async () => ({ root: maker.root, object: await objectOf({ notBefore, notAfter }) }),
    'the root that issued it': async () => {
      const short = await AuthenticatorMaker.start('Maker', { notBefore, notAfter });
      return { root: short.root, object: objectBy((await short.batch({ aaguid: BLUE })).packed) };
    },
  };
  test.each(Object.entries(made))('from the moment at which %s begins to that at which it ends', async (_, make) => {
    const { object, root } = await make();
    const at = (time: Date, ms = 0) => refusalOf(object, taking(root), moment(time, ms));
    expect([at(notBefore, -1), at(notBefore), at(notAfter, -1), at(notAfter)]).toEqual([
      'unvouched',
      null,
      null,
      'unvouched',
    ]);
  });

  test('by any of the roots', async () => {
    const other = await AuthenticatorMaker.start();
    expect(refusalOf(await objectOf(), taking(other.root, maker.root))).toBeNull();
    expect(refusalOf(await objectOf(), taking(other.root))).toBe('unvouched');
  });

  test.each<[string, Required<BatchOptions>['through'], string | null]>([
    ['by an authority between', 'intermediate', null],
    ['not by one that is over', 'over', 'unvouched'],
    ['by as many as each of them may have below it', 'two authorities', null],
    ['not by more', 'too many authorities', 'unvouched'],
  ])('%s', async (_, through, refusal) => {
    expect(refusalOf(await objectOf({ through }))).toBe(refusal);
  });

  test('in a chain of eight at most', async () => {
    const roots = (count: number) => Array.from({ length: count }, () => maker.rootDer);
    expect(refusalOf(await objectOf({}, ...roots(7)))).toBeNull();
    expect(refusalOf(await objectOf({}, ...roots(8)))).toBe('untold');
  });
});

test('the model is one of those that are named', async () => {
  const object = await objectOf();
  const green = { aaguid: 'c5ef55ff-ad9a-4b9f-b580-adebafe026d0', name: 'Green key' };
  const { models, roots } = taking(maker.root);
  expect(refusalOf(object, { models: [green, ...models], roots })).toBeNull();
  expect(refusalOf(object, { models: [green], roots })).toBe('other_model');
});

test('of a statement that nobody asked for nothing is kept', async () => {
  const object = await objectOf();
  const kept = decodeAttestationObject(isoBase64URL.toBuffer(withoutStatement(object)));
  expect([kept.get('fmt'), kept.get('attStmt').size]).toEqual(['none', 0]);
  expect(kept.get('authData')).toEqual(decodeAttestationObject(isoBase64URL.toBuffer(object)).get('authData'));
});

describe('nothing is told', () => {
  test('by a statement of another format', async () => {
    const { packed } = await maker.batch({ aaguid: BLUE });
    const as = (fmt: string) => objectBy((...args) => ({ ...packed(...args), fmt }));
    expect(['packed', 'tpm', 'fido-u2f', 'apple'].map((fmt) => refusalOf(as(fmt)))).toEqual([
      null,
      null,
      'untold',
      'untold',
    ]);
  });

  test.each([
    ['nothing', () => undefined],
    ['something else', () => Buffer.alloc(3)],
    ['an empty list', () => []],
    ['a list with something else in it', (x5c: Uint8Array[]) => [...x5c, 'text']],
  ])('where %s stands for the certificates', async (_, instead) => {
    const { packed, x5c } = await maker.batch({ aaguid: BLUE });
    const object = objectBy((...args) => {
      const statement = packed(...args);
      statement.attStmt.delete('x5c');
      const given = instead(x5c);
      if (given !== undefined) statement.attStmt.set('x5c', given as Uint8Array[]);
      return statement;
    });
    expect(refusalOf(object)).toBe('untold');
  });

  test('where no credential comes with it, which would name the model', async () => {
    const { packed } = await maker.batch({ aaguid: BLUE });
    // Of the hash of the domain, flags, and counter alone (section 6.1).
    const authData = new Uint8Array(37);
    expect(refusalOf(attestationObject(authData, packed(authData, new Uint8Array(32))))).toBe('untold');
  });
});
