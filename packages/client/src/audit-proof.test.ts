import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyAuditProof } from './audit-proof.ts';

/* The definitions of RFC 9162 section 2.1 word for word, on an event whose leaf was made by hand. */

const sha256 = (prefix: number, ...parts: Buffer[]) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(prefix), ...parts]))
    .digest();

const split = (size: number) => 2 ** Math.floor(Math.log2(size - 1));

function root(leaves: Buffer[]): Buffer {
  const [first = Buffer.alloc(0)] = leaves;
  if (leaves.length === 1) return first;
  const k = split(leaves.length);
  return sha256(1, root(leaves.slice(0, k)), root(leaves.slice(k)));
}

function path(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...path(index, leaves.slice(0, k)), root(leaves.slice(k))]
    : [...path(index - k, leaves.slice(k)), root(leaves.slice(0, k))];
}

const event = {
  requestId: null,
  sequence: 7,
  id: '0193b7a0-0000-7000-8000-000000000000',
  occurredAt: '2026-03-01T12:00:00.000Z',
  action: 'user.updated' as const,
  outcome: 'success' as const,
  actor: null,
  subject: { name: 'süßes@example.com', id: null, of: 'a newer service' },
  organizationId: null,
  address: '192.0.2.1',
  userAgent: 'a "quoted"\n',
  details: { z: 1.5, '\u{1f511}': ['b', 'a'], ﬁ: true },
  ofNewerServices: 'what is not sealed',
};
/** Members by UTF-16 code units: the surrogates of the key go before the ligature. */
const canonical =
  '{"action":"user.updated","actor":null,"address":"192.0.2.1","details":{"z":1.5,"\u{1f511}":["b","a"],"ﬁ":true},' +
  '"id":"0193b7a0-0000-7000-8000-000000000000","occurredAt":"2026-03-01T12:00:00.000Z","organizationId":null,' +
  '"outcome":"success","requestId":null,"sequence":7,"subject":{"id":null,"name":"süßes@example.com"},' +
  '"userAgent":"a \\"quoted\\"\\n"}';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const { x = '' } = publicKey.export({ format: 'jwk' });
const keys = { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'k', alg: 'EdDSA', use: 'sig' } as const] };

function headOf(treeSize: number, rootHash: Buffer) {
  const sealedMs = Date.parse('2026-03-01T12:00:01.234Z');
  const numbers = Buffer.alloc(17);
  numbers.writeBigUInt64BE(BigInt(sealedMs), 0);
  numbers.writeBigUInt64BE(BigInt(treeSize), 8);
  numbers.writeUInt8(32, 16);
  const data = Buffer.concat([numbers, rootHash, Buffer.of(0, 0)]);
  return {
    treeSize,
    rootHash: rootHash.toString('hex'),
    sealedAt: new Date(sealedMs).toISOString(),
    keyId: 'k',
    signature: sign(null, data, privateKey).toString('base64url'),
  };
}

test('SEC-41: every leaf of trees of every size is proved, at its own place only', async () => {
  for (let size = 1; size <= 18; size += 1) {
    for (let leafIndex = 0; leafIndex < size; leafIndex += 1) {
      const leaves = Array.from({ length: size }, (_, index) => sha256(0, Buffer.from(`other ${index}`)));
      leaves[leafIndex] = sha256(0, Buffer.from(canonical));
      const auditPath = path(leafIndex, leaves).map((hash) => hash.toString('hex'));
      const proof = { leafIndex, treeSize: size, auditPath, head: headOf(size, root(leaves)) };
      expect(await verifyAuditProof({ event, proof, keys }), `${leafIndex} of ${size}`).toEqual({ ok: true });
      const moved = { ...proof, leafIndex: (leafIndex + 1) % size };
      if (size > 1) expect(await verifyAuditProof({ event, proof: moved, keys })).toMatchObject({ ok: false });
      const late = { ...event, occurredAt: '2026-03-01T12:00:00.001Z' };
      expect(await verifyAuditProof({ event: late, proof, keys })).toEqual({ ok: false, reason: 'not_included' });
    }
  }
});

test('a path is as long as the tree is high, whatever root was signed', async () => {
  const leaves = [sha256(0, Buffer.from(canonical)), sha256(0, Buffer.from('other'))];
  const auditPath = path(0, leaves).map((hash) => hash.toString('hex'));
  const proofFor = (treeSize: number) => ({ leafIndex: 0, treeSize, auditPath, head: headOf(treeSize, root(leaves)) });
  expect(await verifyAuditProof({ event, proof: proofFor(2), keys })).toEqual({ ok: true });
  expect(await verifyAuditProof({ event, proof: proofFor(4), keys })).toEqual({ ok: false, reason: 'not_included' });
});

test('places past the 32nd bit are judged with all their bits', async () => {
  const leaf = sha256(0, Buffer.from(canonical));
  const beside = Array.from({ length: 40 }, (_, index) => sha256(0, Buffer.from(`${index}`)));
  // The first leaf of a perfect tree: every node beside it is to its right.
  const rootHash = beside.reduce((hash, right) => sha256(1, hash, right), leaf);
  const proof = {
    leafIndex: 0,
    treeSize: 2 ** 40,
    auditPath: beside.map((hash) => hash.toString('hex')),
    head: headOf(2 ** 40, rootHash),
  };
  expect(await verifyAuditProof({ event, proof, keys })).toEqual({ ok: true });
  const wrong = { ...proof, leafIndex: 2 ** 32 };
  expect(await verifyAuditProof({ event, proof: wrong, keys })).toEqual({ ok: false, reason: 'not_included' });
});
