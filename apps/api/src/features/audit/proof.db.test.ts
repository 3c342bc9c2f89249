import { verifyAuditProof } from '@sallyport/testkit/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;

let service: TestApp;
let customer: TestOrganization;
let user: TestUser;
let admin: Browser;
let partnerAdmin: Browser;
let stranger: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  const partner = await service.partner();
  customer = await service.customer(partner);
  user = await service.user({ organization: customer });
  admin = await service.signIn(await service.user({ organization: customer, ...READ_WRITE }));
  partnerAdmin = await service.signIn(await service.user({ organization: partner, ...READ_WRITE }));
  stranger = await service.signIn(await service.user(READ_WRITE));
  for (let index = 0; index < 20; index += 1)
    await admin.patch(`/users/${user.id}`, { name: `Grüße ${index} \u{1f511}` });
  await service.services.sealer.seal();
});
afterAll(() => service.stop());

/** What a customer fetches, with a kept copy of everything. */
async function fetched(browser = admin, index = 5) {
  const [event, other] = (await browser.get('/audit-events?action=user.updated&limit=20')).body.items.slice(index);
  const proof = (await browser.get(`/audit-events/${event.id}/proof`)).body;
  const keys = (await browser.get('/audit-keys')).body;
  return { event, other, proof, keys };
}

describe('GET /audit-events/{id}/proof', () => {
  test('SEC-41: proves every event by what the API shows of it', async () => {
    const { items } = (await partnerAdmin.get('/audit-events?limit=100')).body;
    const keys = (await partnerAdmin.get('/audit-keys')).body;
    expect(items.length).toBeGreaterThan(20);
    for (const event of items) {
      const { body: proof } = await partnerAdmin.get(`/audit-events/${event.id}/proof`);
      expect(await verifyAuditProof({ event, proof, keys }), event.action).toEqual({ ok: true });
    }
  });

  test('answers what the contract says, and what stands in the leaf for people, no more', async () => {
    const { proof, keys } = await fetched();
    expect(proof).toEqual({
      personal: {
        actor: { digest: expect.any(String), salt: expect.any(String), details: [] },
        subject: { digest: expect.any(String), salt: expect.any(String), details: ['name'] },
      },
      leafIndex: expect.any(Number),
      treeSize: expect.any(Number),
      auditPath: expect.arrayContaining([expect.stringMatching(/^[0-9a-f]{64}$/)]),
      head: {
        treeSize: proof.treeSize,
        rootHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        sealedAt: service.clock.now().toISOString(),
        keyId: keys.keys[0].kid,
        signature: expect.stringMatching(/^[\w-]{86}$/),
      },
    });
    const { keys: published } = (await service.app.inject('/.well-known/jwks.json')).json();
    expect(keys.keys).toEqual(published);
  });

  test('SEC-41: nothing that was altered on the way or at the service passes', async () => {
    const { event, other, proof, keys } = await fetched();
    const { head } = proof;
    const refused = async (changed: object, reason: string) =>
      expect(await verifyAuditProof({ event, proof, keys, ...changed })).toEqual({ ok: false, reason });
    for (const name of Object.keys(event)) {
      const value = event[name];
      const altered =
        typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : { name: 'else' };
      await refused({ event: { ...event, [name]: altered } }, 'not_included');
    }
    await refused({ event: other }, 'not_included');
    const path = proof.auditPath;
    await refused({ proof: { ...proof, auditPath: [...path].reverse() } }, 'not_included');
    await refused({ proof: { ...proof, auditPath: path.slice(1) } }, 'not_included');
    await refused({ proof: { ...proof, auditPath: [...path, head.rootHash] } }, 'not_included');
    await refused({ proof: { ...proof, auditPath: [] } }, 'not_included');
    await refused({ proof: { ...proof, leafIndex: proof.leafIndex + 1 } }, 'not_included');
    await refused({ proof: { ...proof, leafIndex: proof.treeSize } }, 'not_included');
    await refused({ proof: { ...proof, leafIndex: 0.5 } }, 'malformed');
    await refused({ proof: { ...proof, auditPath: ['00'] } }, 'malformed');
    await refused({ proof: { ...proof, treeSize: proof.treeSize - 1 } }, 'other_head');
    for (const change of [
      { treeSize: head.treeSize - 1 },
      { rootHash: path[0] },
      { sealedAt: '2026-01-01T00:00:00.000Z' },
    ]) {
      await refused({ proof: { ...proof, head: { ...head, ...change } } }, 'bad_signature');
    }
    await refused({ proof: { ...proof, head: { ...head, sealedAt: 'yesterday' } } }, 'malformed');
    await refused({ keys: { keys: [] } }, 'unknown_key');
    await refused({ keys: { keys: [{ ...keys.keys[0], x: 'AAAA' }] } }, 'unknown_key');
    const foreign = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    await refused({ keys: { keys: [{ ...keys.keys[0], x: foreign }] } }, 'bad_signature');
  });

  test('an earlier proof holds against its own head only', async () => {
    const early = await fetched();
    await admin.patch(`/users/${user.id}`, { name: 'Later' });
    await service.services.sealer.seal();
    const { proof } = await fetched(admin, 6);
    expect(proof.leafIndex).toBe(early.proof.leafIndex);
    expect(await verifyAuditProof(early)).toEqual({ ok: true });
    const other = { ...early.proof, head: proof.head };
    expect(await verifyAuditProof({ ...early, proof: other })).toEqual({ ok: false, reason: 'other_head' });
    const relabelled = { ...other, treeSize: proof.treeSize };
    expect(await verifyAuditProof({ ...early, proof: relabelled })).toEqual({ ok: false, reason: 'not_included' });
  });

  test('SEC-41: a key that somebody with the database alone put there is not among the keys', async () => {
    const { keys } = await fetched();
    const publicKey = Uint8Array.from({ length: 80 }, (_, index) => index);
    await service.db.auditKey.create({ data: { id: 'foreign', publicKey, createdAt: service.clock.now() } });
    expect((await admin.get('/audit-keys')).body).toEqual(keys);
  });

  test('an event that is not sealed yet is told', async () => {
    await admin.patch(`/users/${user.id}`, { name: 'Just now' });
    const [event] = (await admin.get('/audit-events?limit=1')).body.items;
    expect(await admin.get(`/audit-events/${event.id}/proof`)).toMatchObject({
      status: 409,
      body: { code: 'not_sealed_yet' },
    });
  });

  test('SEC-40: outside of the scope there is no event, and for members no proof', async () => {
    const { event } = await fetched();
    const path = `/audit-events/${event.id}/proof`;
    expect((await partnerAdmin.get(path)).status).toBe(200);
    for (const id of [event.id, newId()]) {
      expect(await stranger.get(`/audit-events/${id}/proof`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    }
    const member = await service.signIn(user);
    for (const one of [path, '/audit-keys']) {
      expect(await member.get(one)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect((await service.browser().get(one)).status).toBe(401);
    }
    expect((await admin.get('/audit-events/x/proof')).status).toBe(400);
  });
});
