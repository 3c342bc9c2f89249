import { createPublicKey, sign, verify } from 'node:crypto';
import { type Keyring, KeyringError } from '../../platform/crypto/keyring.ts';
import { type PublicJwk, publicJwk, type SigningKey, thumbprint } from '../../platform/crypto/signing-keys.ts';
import type { Db } from '../../platform/database/database.ts';
import { auditKeyContext, sealStore } from './seal.store.ts';
import type { Hash } from './tree.ts';

export interface TreeHead {
  /** Leaves. */
  treeSize: number;
  rootHash: Hash;
  sealedAt: Date;
}

export interface SignedHead extends TreeHead {
  /** RFC 7638 thumbprint of the key. */
  keyId: string;
  /** Ed25519, 64 bytes. */
  signature: Hash;
}

/**
 * What is signed: TreeHeadDataV2 of RFC 9162 section 4.10 without extensions. It begins with a zero byte, as no token that
 * the same key signs can.
 */
function treeHeadData({ treeSize, rootHash, sealedAt }: TreeHead): Buffer {
  const numbers = Buffer.alloc(17);
  numbers.writeBigUInt64BE(BigInt(sealedAt.getTime()), 0);
  numbers.writeBigUInt64BE(BigInt(treeSize), 8);
  numbers.writeUInt8(rootHash.length, 16);
  return Buffer.concat([numbers, rootHash, Uint8Array.of(0, 0)]);
}

export const signHead = (head: TreeHead, { kid, privateKey }: SigningKey): SignedHead => ({
  ...head,
  keyId: kid,
  signature: Uint8Array.from(sign(null, treeHeadData(head), privateKey)),
});

/** A head as people and programs get it. */
export interface HeadView {
  treeSize: number;
  /** Hex. */
  rootHash: string;
  sealedAt: Date;
  keyId: string;
  /** base64url. */
  signature: string;
}

export const viewOfHead = ({ treeSize, rootHash, sealedAt, keyId, signature }: SignedHead): HeadView => ({
  treeSize,
  rootHash: Buffer.from(rootHash).toString('hex'),
  sealedAt,
  keyId,
  signature: Buffer.from(signature).toString('base64url'),
});

/** The signed head of the log; null while nothing is sealed. */
export async function readHead(db: Db): Promise<HeadView | null> {
  const head = await sealStore(db).head();
  return head && viewOfHead(head);
}

/** The head that a view is of, to be judged. */
export const headOfView = ({ rootHash, signature, ...rest }: HeadView): SignedHead => ({
  ...rest,
  rootHash: Uint8Array.from(Buffer.from(rootHash, 'hex')),
  signature: Uint8Array.from(Buffer.from(signature, 'base64url')),
});

/** Keeps the public part of a key that is about to sign a head. */
export async function keepKey(db: Db, keyring: Keyring, key: SigningKey, createdAt: Date): Promise<void> {
  const { x = '' } = createPublicKey(key.publicKey).export({ format: 'jwk' });
  const publicKey = keyring.seal(Buffer.from(x, 'base64url'), auditKeyContext(key.kid));
  await sealStore(db).keepKey({ id: key.kid, publicKey, createdAt });
}

/**
 * Whether a key of this service signed the head. Its keys are known by having been sealed by the keyring, which who owns
 * the database alone does not have.
 *
 * @throws KeyringError `unknown_key` where the encryption key is not configured that tells
 */
export async function isSigned(db: Db, keyring: Keyring, head: SignedHead): Promise<boolean> {
  const sealed = await sealStore(db).publicKey(head.keyId);
  const jwk = sealed && opened(keyring, sealed, head.keyId);
  if (!jwk) return false;
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  return verify(null, treeHeadData(head), key, head.signature);
}

/** The keys of this service that signed heads, newest first; see {@link isSigned}. @throws KeyringError `unknown_key` */
export async function keysOfHeads(db: Db, keyring: Keyring): Promise<PublicJwk[]> {
  const rows = await sealStore(db).publicKeys();
  return rows.map(({ id, publicKey }) => opened(keyring, publicKey, id)).filter((jwk) => jwk !== null);
}

/** The key that the keyring sealed; null where it did not, or for another id. */
function opened(keyring: Keyring, sealed: Uint8Array, keyId: string): PublicJwk | null {
  try {
    const x = Buffer.from(keyring.open(sealed, auditKeyContext(keyId))).toString('base64url');
    return thumbprint(x) === keyId ? publicJwk(x) : null;
  } catch (error) {
    if (error instanceof KeyringError && error.fault === 'altered') return null;
    throw error;
  }
}
