import { samlProviderObstacle, samlUsers } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SamlScene } from '../../../../testing/providers/saml/scene.ts';
import { nameIdFormats } from './service-provider.ts';

vi.setConfig({ testTimeout: 30_000 });
const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

describe('with a real SimpleSAMLphp', () => {
  let scene: SamlScene;
  beforeAll(async () => {
    if (obstacle === null) scene = await SamlScene.open();
  }, 60_000);
  afterAll(() => scene?.close());

  test('SEC-32: a sign-in that we ask for is verified, and says who it is', async () => {
    scene.treat({});
    const { verified, now } = await scene.signIn('alice');
    expect(verified).toMatchObject({
      issuer: scene.provider.entityId,
      subject: expect.stringMatching(/^[0-9a-f]{40}$/),
      email: 'alice@acme.example',
      name: 'Alice Example',
      authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
      attributes: expect.arrayContaining([{ name: 'uid', values: ['alice'] }]),
    });
    expect(verified.sessionNotOnOrAfter?.getTime()).toBeGreaterThan(now.getTime());
    expect(verified.expiresAt.getTime()).toBeGreaterThan(now.getTime() + 300_000);
  });

  test('SEC-31: a persistent NameID is the same each time, and another for another user', async () => {
    scene.treat({});
    const [first, again, bob] = await Promise.all([scene.signIn('alice'), scene.signIn('alice'), scene.signIn('bob')]);
    expect(again.verified.subject).toBe(first.verified.subject);
    expect(again.verified.assertionId).not.toBe(first.verified.assertionId);
    expect(bob.verified.subject).not.toBe(first.verified.subject);
  });

  test.each([
    { title: 'signed assertion', how: { sign: ['assertion'] } },
    { title: 'signed response', how: { sign: ['response'] } },
    { title: 'both signed', how: { sign: ['response', 'assertion'] } },
    { title: 'encrypted, signed inside', how: { encrypt: true } },
    { title: 'encrypted, signed outside', how: { encrypt: true, sign: ['response'] } },
    { title: 'encrypted, both signed', how: { encrypt: true, sign: ['response', 'assertion'] } },
    { title: 'signed by the second certificate', how: { rolledOver: true } },
    { title: 'signed requests demanded', how: { wantSignedRequests: true } },
    {
      title: 'AES-256-CBC',
      how: { encrypt: true, more: { sharedkey_algorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' } },
    },
    {
      title: 'AES-256-GCM',
      how: { encrypt: true, more: { sharedkey_algorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm' } },
    },
    {
      title: 'SHA-512',
      how: { more: { 'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' } },
    },
  ] as const)('SEC-32: verifies what the provider sends: $title', async ({ how }) => {
    scene.treat(how);
    const { verified, xml } = await scene.signIn('alice');
    expect(verified.email).toBe('alice@acme.example');
    expect(xml.includes('EncryptedAssertion')).toBe('encrypt' in how);
  });

  test('SEC-32: our request is refused by the provider when its signature is not ours', async () => {
    scene.treat({ wantSignedRequests: true, certificate: scene.provider.keys.second.certificate });
    await expect(scene.signIn('alice')).rejects.toThrow('no sign-in form');
    scene.treat({ wantSignedRequests: true });
    await expect(scene.with({ signRequests: false }).signIn('alice')).rejects.toThrow('no sign-in form');
  });

  test('SEC-32: after the rollover, an answer by a certificate that is not configured any more is refused', async () => {
    scene.treat({});
    const genuine = await scene.signIn('alice');
    const rolledOver = scene.with({ certificates: [scene.provider.keys.second.certificate] });
    const refusal = rolledOver.verify(genuine.xml, genuine);
    await expect(refusal).rejects.toMatchObject({ code: 'invalid_signature' });
  });

  test('SEC-32: a sign-in that begins at the provider is taken only where that is allowed', async () => {
    scene.treat({});
    const genuine = await scene.with({ allowUnsolicited: true }).signInUnasked('alice');
    expect(genuine.verified.email).toBe('alice@acme.example');
    await expect(scene.verify(genuine.xml, genuine)).rejects.toMatchObject({ code: 'unsolicited' });
    const asAnswer = scene.verify(genuine.xml, { ...genuine, requestId: '_0123456789abcdef' });
    await expect(asAnswer).rejects.toMatchObject({ code: 'wrong_in_response_to' });
  });

  test('an emailAddress NameID is taken where the admin chose it, asked for with a NameIDPolicy', async () => {
    const byAddress = scene.with({
      subject: { source: 'name_id', format: 'email_address' },
      requestNameIdFormat: 'email_address',
      attributes: {},
    });
    byAddress.treat({ nameId: 'email_address' });
    const { verified, xml } = await byAddress.signIn('alice');
    expect(verified).toMatchObject({ subject: 'alice@acme.example', email: 'alice@acme.example' });
    expect(xml).toContain(nameIdFormats.email_address);
  });

  test('SEC-32: a transient NameID is refused, and needs an immutable attribute instead', async () => {
    scene.treat({ nameId: 'transient' });
    await expect(scene.signIn('alice')).rejects.toMatchObject({ code: 'invalid_subject' });
    const byAttribute = scene.with({ subject: { source: 'attribute', name: 'objectId' } });
    const { verified } = await byAttribute.signIn('alice');
    expect(verified.subject).toBe(samlUsers.alice.attributes.objectId[0]);
    await expect(
      scene.with({ subject: { source: 'attribute', name: 'no-such-attribute' } }).signIn('alice'),
    ).rejects.toMatchObject({ code: 'invalid_subject' });
  });

  test('SEC-32: a provider that signs with SHA-1 or encrypts the NameID is refused with what to change', async () => {
    scene.treat({ more: { 'signature.algorithm': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } });
    await expect(scene.signIn('alice')).rejects.toMatchObject({
      code: 'weak_algorithm',
      message: expect.stringContaining('SHA-256'),
    });
    scene.treat({ more: { 'nameid.encryption': true } });
    await expect(scene.signIn('alice')).rejects.toMatchObject({ code: 'invalid_subject' });
  });
});
