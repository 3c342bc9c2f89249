import { beforeAll, describe, expect, test } from 'vitest';
import { AuthenticatorMaker } from '../../../testing/authenticator-maker.ts';
import { SoftwareAuthenticator, type Twist } from '../../../testing/software-authenticator.ts';
import { ModelFault, PasskeyFault } from './faults.ts';
import {
  type CreationAnswer,
  challengeOf,
  creationOptions,
  type RelyingParty,
  relyingPartyOf,
  requestOptions,
} from './relying-party.ts';
import { NOBODYS, verifyAnswer, verifyCreation } from './verification.ts';

/*
 * What is asked of authenticators, and what is taken from them (WebAuthn Level 3, sections 5.4, 5.5, 7.1 and 7.2).
 */

const ORIGIN = 'http://localhost:3000';
const BLUE = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const USER = {
  userId: '00112233-4455-6677-8899-aabbccddeeff',
  email: 'ada@acme.example',
  name: 'Ada',
};
const OTHER_USER_ID = 'ffeeddcc-bbaa-9988-7766-554433221100';
/** The 16 bytes of the id. */
const HANDLE = 'ABEiM0RVZneImaq7zN3u_w';

const rp: RelyingParty = { id: 'localhost', name: 'Sallyport', origins: [ORIGIN] };
const challenge = Uint8Array.from({ length: 32 }, (_, index) => index);
const CHALLENGE = Buffer.from(challenge).toString('base64url');
const now = new Date();

const known = { credentialId: Uint8Array.of(1, 2, 3), transports: ['usb'] };
const DESCRIPTOR = { id: 'AQID', type: 'public-key', transports: ['usb'] };

describe('the relying party', () => {
  const of = (...corsOrigins: string[]) => relyingPartyOf({ publicUrl: new URL(ORIGIN), corsOrigins });

  test('takes the answers of its own pages', () => {
    expect(of()).toEqual(rp);
  });

  test.each([
    ['https://app.example.org', 'https://app.example.net'],
    ['http://localhost:5173', 'http://app.localhost:5173'],
  ])('takes those of other origins over https, or at or under its host: %s, %s', (...origins) => {
    expect(of(...origins).origins).toEqual([ORIGIN, ...origins]);
  });

  test.each(['http://app.example.org', 'http://notlocalhost', 'http://localhost.example'])(
    'takes no others: %s',
    (origin) => {
      expect(of(origin).origins).toEqual([ORIGIN]);
    },
  );
});

describe('the question', () => {
  test('for a new passkey', () => {
    const options = creationOptions(rp, USER, challenge, [known], false);
    expect(options).toEqual({
      rp: { id: 'localhost', name: 'Sallyport' },
      user: { id: HANDLE, name: USER.email, displayName: USER.name },
      challenge: CHALLENGE,
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      attestation: 'none',
      excludeCredentials: [DESCRIPTOR],
      authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'preferred' },
      extensions: { credProps: true },
    });
    expect(creationOptions(rp, USER, challenge, [], true)).toEqual({
      ...options,
      attestation: 'direct',
      excludeCredentials: [],
    });
  });

  test('for a passkey of somebody, or of anybody, which then has to verify its user', () => {
    const asked = { rpId: 'localhost', challenge: CHALLENGE, timeout: 300_000 };
    expect(requestOptions(rp, challenge, [known])).toEqual({
      ...asked,
      allowCredentials: [DESCRIPTOR],
      userVerification: 'preferred',
    });
    expect(requestOptions(rp, challenge, null)).toEqual({
      ...asked,
      allowCredentials: [],
      userVerification: 'required',
    });
  });
});

const created = (twist: Twist = {}, authenticator = new SoftwareAuthenticator(ORIGIN)): CreationAnswer =>
  authenticator.create(creationOptions(rp, USER, challenge, [], false), twist);

const taken = (answer: CreationAnswer) => verifyCreation(rp, challenge, answer, null, now);

describe('a new passkey', () => {
  test('is taken as it says it is', async () => {
    const answer = created({ counter: 7, backupEligible: true, backedUp: true, aaguid: BLUE });
    expect(await taken(answer)).toEqual({
      credentialId: Uint8Array.from(Buffer.from(answer.id, 'base64url')),
      publicKey: expect.any(Uint8Array),
      counter: 7,
      transports: ['internal', 'hybrid'],
      backupEligible: true,
      backedUp: true,
      discoverable: true,
      aaguid: BLUE,
      attested: false,
    });
    expect(await taken(created())).toMatchObject({ backupEligible: false, backedUp: false });
  });

  test.each([
    ['where nothing is told', undefined, []],
    ['those that there are', ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'], undefined],
    ['and no other', ['usb', 'telepathy'], ['usb']],
  ])('is looked for where it says: %s', async (_, transports, kept = transports) => {
    const { response, ...answer } = created();
    const { transports: _omitted, ...rest } = response;
    const told = { ...answer, response: { ...rest, ...(transports ? { transports } : {}) } };
    expect((await taken(told)).transports).toEqual(kept);
  });

  test.each([
    [undefined, null],
    [{}, null],
    [{ credProps: {} }, null],
    [{ credProps: { rk: false } }, false],
    [{ credProps: { rk: true } }, true],
  ])('is found without being named where the browser says so: %j, %s', async (said, discoverable) => {
    const { clientExtensionResults: _omitted, ...without } = created();
    const answer = { ...without, ...(said ? { clientExtensionResults: said } : {}) };
    expect((await taken(answer)).discoverable).toBe(discoverable);
  });

  test('is not judged by a statement that nobody asked for', async () => {
    const attest: Twist['attest'] = () => ({ fmt: 'packed', attStmt: new Map([['sig', Buffer.alloc(8)]]) });
    expect(await taken(created({ attest, aaguid: BLUE }))).toMatchObject({ attested: false, aaguid: BLUE });
  });

  test('needs not have verified its user', async () => {
    await expect(taken(created({ userVerified: false }))).resolves.toBeDefined();
  });

  test.each([
    ['of a page of another origin', { origin: 'https://login.example.net' }],
    ['for another relying party', { rpId: 'example.net' }],
    ['to another challenge', { challenge: 'AAAA' }],
    ['in a frame of another page', { crossOrigin: true }],
    ['without a person', { userPresent: false }],
    ['that answers another ceremony', { type: 'webauthn.get' }],
  ])('is refused %s', async (_, twist) => {
    await expect(taken(created(twist))).rejects.toThrow(PasskeyFault);
  });

  test('is refused where the answer names another', async () => {
    const { id } = created();
    await expect(taken({ ...created(), id, rawId: id })).rejects.toThrow(
      'The answer names another credential than it bears.',
    );
  });

  describe('where models are named', () => {
    let maker: AuthenticatorMaker;
    beforeAll(async () => {
      maker = await AuthenticatorMaker.start();
    });
    const models = () => ({ models: [{ aaguid: BLUE, name: 'Blue key' }], roots: [maker.root] });

    test('is of one of them, and that is kept', async () => {
      const { packed } = await maker.batch({ aaguid: BLUE });
      const answer = created({ aaguid: BLUE, attest: packed });
      expect(await verifyCreation(rp, challenge, answer, models(), now)).toMatchObject({
        attested: true,
        aaguid: BLUE,
      });
    });

    test('is refused as another model, and as one that proves nothing', async () => {
      await expect(verifyCreation(rp, challenge, created(), models(), now)).rejects.toThrow(ModelFault);
      const [one, other] = [await maker.batch({ aaguid: BLUE }), await maker.batch({ aaguid: BLUE })];
      const answer = created({
        aaguid: BLUE,
        attest: (...args) => {
          const statement = one.packed(args[0], args[1]);
          statement.attStmt.set('x5c', other.x5c);
          return statement;
        },
      });
      await expect(verifyCreation(rp, challenge, answer, models(), now)).rejects.toThrow('The attestation is wrong.');
    });
  });
});

/** An authenticator that has a passkey, and what is known of it. */
async function enrolled(twist: Twist = {}) {
  const authenticator = new SoftwareAuthenticator(ORIGIN);
  const { backupEligible, publicKey } = await taken(created(twist, authenticator));
  return { authenticator, passkey: { userId: USER.userId, publicKey, backupEligible } };
}
const asked = { rpId: 'localhost', challenge: CHALLENGE, allowCredentials: [] };

describe.each([true, false])('an answer, alone: %s,', (alone) => {
  const verify = async (twist: Twist, of: Twist = {}, changes: Partial<Parameters<typeof verifyAnswer>[2]> = {}) => {
    const { authenticator, passkey } = await enrolled(of);
    return verifyAnswer(rp, challenge, { ...passkey, ...changes }, authenticator.get(asked, twist), { alone });
  };

  test('says its counter, whatever that was, and whether it is backed up', async () => {
    expect(await verify({ counter: 7 })).toEqual({ counter: 7, backedUp: false });
    expect(await verify({ counter: 0 })).toEqual({ counter: 0, backedUp: false });
    const multi = { backupEligible: true };
    expect(await verify({ ...multi, backedUp: true }, multi)).toMatchObject({ backedUp: true });
  });

  test.each([
    ['of a page of another origin', { origin: 'https://login.example.net' }],
    ['for another relying party', { rpId: 'example.net' }],
    ['to another challenge', { challenge: 'AAAA' }],
    ['in a frame of another page', { crossOrigin: true }],
    ['without a person', { userPresent: false }],
    ['to another ceremony', { type: 'webauthn.create' }],
    ['that says it is of another user', { userHandle: 'AAAA' }],
    ['that may be backed up all at once', { backupEligible: true }],
  ])('is refused %s', async (_, twist) => {
    await expect(verify(twist)).rejects.toThrow(PasskeyFault);
  });

  test('is refused where it may not be backed up any more', async () => {
    await expect(verify({}, { backupEligible: true })).rejects.toThrow('What may be backed up never changes.');
  });

  test('is refused of the passkey of another', async () => {
    const { passkey } = await enrolled();
    await expect(verify({}, {}, { publicKey: passkey.publicKey })).rejects.toThrow('The signature is wrong.');
    await expect(verify({}, {}, { userId: OTHER_USER_ID })).rejects.toThrow('The passkey is of another user.');
  });

  test('is judged as well where nobody has the passkey (SEC-2)', async () => {
    await expect(verify({}, {}, NOBODYS)).rejects.toThrow('The signature is wrong.');
  });

  test.each([
    ['has verified its user', { userVerified: false }],
    ['says whose it is', { userHandle: null }],
  ])('%s where it is all there is', async (_, twist) => {
    if (alone) await expect(verify(twist)).rejects.toThrow(PasskeyFault);
    else await expect(verify(twist)).resolves.toBeDefined();
  });
});

test('the challenge that an answer is to is read from it', async () => {
  const { authenticator } = await enrolled();
  expect(challengeOf(authenticator.get(asked))).toEqual(challenge);
});

test.each(['{"challenge":1}', '{"challenge":[1]}', '{}', 'null', '{'])(
  'none is where it says none: %s',
  async (said) => {
    const { authenticator } = await enrolled();
    const { response, ...answer } = authenticator.get(asked);
    const clientDataJSON = Buffer.from(said).toString('base64url');
    expect(challengeOf({ ...answer, response: { ...response, clientDataJSON } })).toBeNull();
  },
);

test('what cannot be read is a fault, and why is kept', async () => {
  const answer = created();
  const without = { ...answer, response: { ...answer.response, clientDataJSON: 'AAAA' } };
  const fault: unknown = await taken(without).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(PasskeyFault);
  expect(fault).toMatchObject({ name: 'PasskeyFault', cause: expect.any(Error) });
});
