import { sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../../testing/app.ts';
import { AuthenticatorMaker } from '../../../testing/authenticator-maker.ts';
import type { Browser } from '../../../testing/browser.ts';
import { testDatabaseKind } from '../../../testing/database.ts';
import { whileHeld } from '../../../testing/overlap.ts';
import { addPasskey, askedAtSignIn } from '../../../testing/passkeys.ts';
import { databaseUrl } from '../../../testing/postgres.ts';
import {
  attestationObject,
  SoftwareAuthenticator,
  type Statement,
  type Twist,
} from '../../../testing/software-authenticator.ts';

/*
 * Where an organization names models, a passkey is added that proves to be one of them, and no other (WebAuthn Level 3,
 * section 7.1, steps 22 to 24).
 */

const BLUE = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const GREEN = 'c5ef55ff-ad9a-4b9f-b580-adebafe026d0';
const ZERO = '00000000-0000-0000-0000-000000000000';
const READ_WRITE = { role: 'admin', access: 'read_write' } as const;

let service: TestApp;
let maker: AuthenticatorMaker;
let partner: TestOrganization;
let customer: TestOrganization;
let admin: Browser;
let user: TestUser;
beforeAll(async () => {
  service = await TestApp.start();
  maker = await AuthenticatorMaker.start();
});
beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
  admin = await service.signIn(await service.user({ organization: partner, ...READ_WRITE }));
  user = await service.user({ organization: customer });
});
afterAll(() => service.stop());

const blue = { aaguid: BLUE, name: 'Blue key' };
const green = { aaguid: GREEN, name: 'Green key' };
const settingsOf = ({ id }: TestOrganization) => `/organizations/${id}/settings`;
const taking = (models: object[], roots: string[] = [maker.root]) => ({ passkeyModels: { models, roots } });
const set = (of: TestOrganization, changes: object) => admin.patch(settingsOf(of), changes);

const add = async (twist: Twist, by = user) =>
  addPasskey(await service.signIn(by), new SoftwareAuthenticator(), { twist });
const stored = () => service.db.passkey.findMany({ where: { userId: user.id } });

async function expectRefused(twist: Twist, detail: RegExp): Promise<void> {
  const answer = await add(twist);
  expect(answer).toMatchObject({ status: 422, body: { code: 'passkey_not_allowed' } });
  expect(answer.body.detail).toMatch(detail);
  expect(await stored()).toEqual([]);
}

test('any passkey is added where nothing is chosen, and nothing is asked of its model', async () => {
  const browser = await service.signIn(user);
  const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
  expect(body.attestation).toBe('none');
  const { packed } = await maker.batch({ aaguid: BLUE });
  expect((await add({ aaguid: BLUE, attest: packed })).status).toBe(201);
  // It may well be, and nobody vouched for it.
  expect(await stored()).toMatchObject([{ aaguid: BLUE, attested: false }]);
});

/** An answer of an Android device of the attacker, whose certificate names a host that is to be called. */
async function androidAnswer(browser: Browser, revocations: string) {
  const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
  const seen: { authData?: Uint8Array; statement?: Promise<Statement> } = {};
  const attest: Twist['attest'] = (authData, clientDataHash, key) => {
    Object.assign(seen, { authData, statement: maker.androidKey(clientDataHash, key, revocations) });
    return { fmt: 'none', attStmt: new Map() };
  };
  const answer = new SoftwareAuthenticator().create(body, { aaguid: BLUE, attest });
  answer.response.attestationObject = attestationObject(seen.authData ?? Buffer.alloc(0), await seen.statement);
  return browser.post('/me/mfa/passkeys', { name: 'Key', response: answer });
}

test('no certificate of an answer decides whom the service calls', async () => {
  const called: (string | undefined)[] = [];
  const lists = createServer(({ url }, response) => {
    called.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(lists, 'listening');
  const revocations = `http://127.0.0.1:${(lists.address() as AddressInfo).port}/revoked`;
  const taken = await androidAnswer(await service.signIn(user), revocations);
  await set(customer, taking([blue]));
  const other = await service.signIn(await service.user({ organization: customer }));
  const refused = await androidAnswer(other, revocations);
  lists.close();
  expect(called).toEqual([]);
  expect(taken.status).toBe(201);
  expect(refused.body).toMatchObject({
    code: 'passkey_not_allowed',
    detail: expect.stringMatching(/did not prove which model/),
  });
});

describe('where models are named', () => {
  beforeEach(async () => {
    expect((await set(customer, taking([blue, green]))).status).toBe(200);
  });

  test('the browser is asked for an attestation, and one of them is added and used', async () => {
    const browser = await service.signIn(user);
    const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(body.attestation).toBe('direct');
    const { packed } = await maker.batch({ aaguid: BLUE });
    const authenticator = new SoftwareAuthenticator();
    const added = await addPasskey(browser, authenticator, { twist: { aaguid: BLUE, attest: packed } });
    expect(added.status).toBe(201);
    expect(await stored()).toMatchObject([{ aaguid: BLUE, attested: true }]);
    const { answer, options } = await askedAtSignIn(service, user);
    expect((await answer(authenticator.get(options))).status).toBe(200);
  });

  test.each(['root', 'intermediate'] as const)('a certificate is vouched for through the %s', async (through) => {
    const { packed } = await maker.batch({ aaguid: GREEN, through });
    expect((await add({ aaguid: GREEN, attest: packed })).status).toBe(201);
  });

  test('a certificate that names no model vouches for the one that it signed', async () => {
    const { packed } = await maker.batch();
    expect((await add({ aaguid: GREEN, attest: packed })).status).toBe(201);
  });

  test('a certificate may itself be one of those that are trusted', async () => {
    const { packed, x5c } = await maker.batch({ aaguid: BLUE });
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(x5c[0] ?? '').toString('base64')}\n-----END CERTIFICATE-----`;
    await set(customer, taking([blue], [pem]));
    expect((await add({ aaguid: BLUE, attest: packed })).status).toBe(201);
  });

  test('a model that a passkey merely says it is of proves nothing', async () => {
    await expectRefused({ aaguid: BLUE }, /did not prove which model.*Use one of these: Blue key, Green key\.$/);
  });

  test('a statement that the passkey signed itself proves nothing', async () => {
    const attest: Twist['attest'] = (authData, clientDataHash, key) => ({
      fmt: 'packed',
      attStmt: new Map<string, number | Uint8Array>([
        ['alg', -7],
        ['sig', sign('sha256', Buffer.concat([authData, clientDataHash]), key)],
      ]),
    });
    await expectRefused({ aaguid: BLUE, attest }, /did not prove which model/);
  });

  test.each([ZERO, '5fdb81b8-53f0-4967-a881-f5ec26fe4d18'])('the model %s is another', async (aaguid) => {
    const { packed } = await maker.batch({ aaguid });
    await expectRefused({ aaguid, attest: packed }, /of another model\. Use one of these: Blue key, Green key\.$/);
  });

  test('a maker that nobody named vouches for nothing, be its name the same', async () => {
    const { packed } = await (await AuthenticatorMaker.start()).batch({ aaguid: BLUE });
    await expectRefused({ aaguid: BLUE, attest: packed }, /No maker that your organization trusts/);
  });

  test.each([
    ['is over', { notAfter: new Date('2020-01-01') }],
    ['was issued by what may issue nothing', { through: 'leaf' }],
    ['has more authorities between than one of them may have', { through: 'too many authorities' }],
  ] as const)('a certificate that %s vouches for nothing', async (_, options) => {
    const { packed } = await maker.batch({ aaguid: BLUE, ...options });
    await expectRefused({ aaguid: BLUE, attest: packed }, /No maker that your organization trusts/);
  });

  test('a chain that leads from one certificate to the root of another is none', async () => {
    const foreign = await (await AuthenticatorMaker.start()).batch({ aaguid: BLUE });
    const attest: Twist['attest'] = (authData, clientDataHash) => {
      const statement = foreign.packed(authData, clientDataHash);
      statement.attStmt.set('x5c', [...foreign.x5c, maker.rootDer]);
      return statement;
    };
    await expectRefused({ aaguid: BLUE, attest }, /No maker that your organization trusts/);
  });

  test.each([
    [
      'was signed by another key',
      (statement: Map<string, unknown>, other: Map<string, unknown>) => statement.set('sig', other.get('sig')),
    ],
    [
      'bears the certificate of another batch',
      (statement: Map<string, unknown>, other: Map<string, unknown>) => statement.set('x5c', other.get('x5c')),
    ],
  ])('a statement that %s is refused', async (_, change) => {
    const [one, other] = [await maker.batch({ aaguid: BLUE }), await maker.batch({ aaguid: BLUE })];
    const attest: Twist['attest'] = (authData, clientDataHash) => {
      const statement = one.packed(authData, clientDataHash);
      change(statement.attStmt, other.packed(authData, clientDataHash).attStmt);
      return statement;
    };
    expect(await add({ aaguid: BLUE, attest })).toMatchObject({ status: 401, body: { code: 'invalid_passkey' } });
  });

  test('a statement of another answer is refused', async () => {
    const { packed } = await maker.batch({ aaguid: BLUE });
    const attest: Twist['attest'] = (authData) => packed(authData, Buffer.alloc(32));
    expect(await add({ aaguid: BLUE, attest })).toMatchObject({ status: 401, body: { code: 'invalid_passkey' } });
  });

  test('a certificate of one named model does not vouch for another', async () => {
    const { packed } = await maker.batch({ aaguid: GREEN });
    expect(await add({ aaguid: BLUE, attest: packed })).toMatchObject({
      status: 401,
      body: { code: 'invalid_passkey' },
    });
  });

  test.each([
    ['no certificates', 422, []],
    ['no list', 422, Buffer.alloc(3)],
    ['a list of other things', 422, ['text']],
    ['bytes that are none', 401, [Buffer.alloc(40, 1)]],
    ['more than a chain has', 422, Array.from({ length: 9 }, () => Buffer.alloc(40, 1))],
  ])('SEC-50: a statement with %s is refused: %s', async (_, status, x5c) => {
    const { packed } = await maker.batch({ aaguid: BLUE });
    const attest: Twist['attest'] = (authData, clientDataHash) => {
      const statement = packed(authData, clientDataHash);
      statement.attStmt.set('x5c', x5c as Uint8Array[]);
      return statement;
    };
    expect((await add({ aaguid: BLUE, attest })).status).toBe(status);
    expect(await stored()).toEqual([]);
  });

  test('those named when the passkey answers count', async () => {
    const browser = await service.signIn(user);
    const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const { packed } = await maker.batch({ aaguid: BLUE });
    const response = new SoftwareAuthenticator().create(body, { aaguid: BLUE, attest: packed });
    await set(customer, taking([green]));
    const answer = await browser.post('/me/mfa/passkeys', { name: 'Key', response });
    expect(answer.body.code).toBe('passkey_not_allowed');
  });

  test('no app is refused, and nobody is who has one', async () => {
    const browser = await service.signIn(user);
    expect((await browser.post('/me/mfa/totp')).status).toBe(201);
  });
});

test('a passkey of before works on', async () => {
  const authenticator = new SoftwareAuthenticator();
  expect((await addPasskey(await service.signIn(user), authenticator)).status).toBe(201);
  await set(customer, taking([blue]));
  const { answer, options } = await askedAtSignIn(service, user);
  expect((await answer(authenticator.get(options))).status).toBe(200);
});

describe('the setting', () => {
  test('is kept in one spelling, told in the log, and lifted', async () => {
    const sent = taking([{ aaguid: BLUE.toUpperCase(), name: ' Blue key ' }], [maker.root.replaceAll('\n', '\r\n')]);
    const { body } = await set(customer, sent);
    expect(body).toMatchObject({ passkeyModels: { models: [blue] }, inherited: { passkeyModels: null } });
    expect(body.own.passkeyModels).toEqual(body.passkeyModels);
    const [event] = (await admin.get('/audit-events?limit=1')).body.items;
    expect(event).toMatchObject({
      action: 'settings.updated',
      details: { passkeyModels: `Blue key (${BLUE})`, passkeyRoots: expect.stringMatching(/^([\dA-F]{2}:){31}/) },
    });
    expect((await set(customer, { passkeyModels: null })).body.passkeyModels).toBeNull();
    expect((await add({})).status).toBe(201);
  });

  test.each([
    ['no model', () => taking([])],
    ['no certificate', () => taking([blue], [])],
    ['zeros', () => taking([{ aaguid: ZERO, name: 'None' }])],
    ['what is no AAGUID', () => taking([{ aaguid: 'YubiKey', name: 'Blue key' }])],
    ['a model without a name', () => taking([{ aaguid: BLUE, name: ' ' }])],
    ['a model twice', () => taking([blue, { aaguid: BLUE.toUpperCase(), name: 'Again' }])],
    [
      'a certificate that is none',
      () => taking([blue], ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']),
    ],
    ['too many models', () => taking(Array.from({ length: 51 }, () => blue))],
  ])('is refused with %s, and says where', async (_, changes) => {
    const answer = await set(customer, changes());
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(answer.body.errors[0].pointer).toMatch(/^\/passkeyModels\/(models|roots)/);
  });

  test('is refused with a certificate that is over', async () => {
    const { x5c } = await maker.batch({ notAfter: new Date('2020-01-01') });
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(x5c[0] ?? '').toString('base64')}\n-----END CERTIFICATE-----`;
    const { body } = await set(customer, taking([blue], [pem]));
    expect(body.errors).toEqual([{ pointer: '/passkeyModels/roots/0', message: expect.stringMatching(/^is over/) }]);
  });

  test.runIf(testDatabaseKind() === 'postgres')(
    'that is saved while a passkey is added counts for that one too',
    async () => {
      const browser = await service.signIn(user);
      const rows = { text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', values: [user.id] };
      const options = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
      const response = new SoftwareAuthenticator().create(options.body, { aaguid: BLUE });
      const [late] = await whileHeld(
        databaseUrl(service.resources.database),
        rows,
        1,
        () => [browser.post('/me/mfa/passkeys', { name: 'Laptop', response })],
        () => set(customer, taking([green])),
      );
      expect(late).toMatchObject({ status: 422, body: { code: 'passkey_not_allowed' } });
      expect(late?.body.detail).toMatch(/has just changed/);
      expect(await stored()).toEqual([]);
      // And is forgotten as soon as it is gone.
      await set(customer, { passkeyModels: null });
      expect((await add({ aaguid: BLUE })).status).toBe(201);
    },
  );

  test('of a customer names nothing that its partner does not', async () => {
    await set(partner, taking([blue]));
    const other = await AuthenticatorMaker.start();
    for (const more of [taking([blue, green]), taking([blue], [maker.root, other.root])])
      expect(await set(customer, more)).toMatchObject({
        status: 422,
        body: { code: 'weaker_than_partner', errors: [{ pointer: '/passkeyModels' }] },
      });
    await expectRefused(
      { aaguid: GREEN, attest: (await maker.batch({ aaguid: GREEN })).packed },
      /Use one of these: Blue key\.$/,
    );
    await set(partner, taking([blue, green]));
    expect((await set(customer, taking([green]))).body.passkeyModels.models).toEqual([green]);
    // What the two have in common is nothing once the partner thinks otherwise.
    await set(partner, taking([blue]));
    const attest = (await maker.batch({ aaguid: GREEN })).packed;
    await expectRefused({ aaguid: GREEN, attest }, /No model is allowed at present\. Ask an administrator\.$/);
    await expectRefused({ aaguid: BLUE, attest: (await maker.batch({ aaguid: BLUE })).packed }, /No model is allowed/);
  });
});
