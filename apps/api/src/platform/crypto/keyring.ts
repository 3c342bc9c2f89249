import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** A key of 256 bits under the name that sealed texts carry. */
export interface EncryptionKey {
  /** 1 to 32 characters of `[A-Za-z0-9_-]`. */
  id: string;
  /** A key object rather than bytes: printing or logging it shows nothing. */
  secret: KeyObject;
}

/** Why a sealed text did not open. `unknown_key`: its key is not configured; `altered`: it, or its context, changed. */
export type KeyringFault = 'unknown_key' | 'altered';

export class KeyringError extends Error {
  readonly fault: KeyringFault;
  /** The key the text claims to be sealed with, null when not even that can be read. */
  readonly keyId: string | null;

  constructor(fault: KeyringFault, keyId: string | null) {
    super(
      fault === 'unknown_key'
        ? `The encryption key "${keyId}" is not among SALLYPORT_ENCRYPTION_KEYS.`
        : 'A sealed text was altered, or belongs to another record.',
    );
    this.name = 'KeyringError';
    this.fault = fault;
    this.keyId = keyId;
  }
}

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Parts {
  /** Version and key id as they stand before the IV. */
  header: Uint8Array;
  keyId: string;
  iv: Uint8Array;
  tag: Uint8Array;
  ciphertext: Uint8Array;
}

/**
 * Seals small secrets for the database with AES-256-GCM (NIST SP 800-38D; ASVS 5.0 11.3.2).
 *
 * Layout: version (1 byte) | length of key id (1) | key id | IV (12, random) | tag (16) | ciphertext. Header and
 * context are authenticated: a text that is moved to another record, or given another key id, does not open.
 * Random IVs are safe for 2^32 texts a key, far beyond what one installation writes.
 */
export class Keyring {
  /** The key that seals. All of them open. */
  readonly firstKeyId: string;
  readonly keyIds: readonly string[];
  private readonly keys: ReadonlyMap<string, KeyObject>;

  /** @param keys at least one, with distinct ids; the first one seals */
  constructor(keys: readonly EncryptionKey[]) {
    const [first] = keys;
    if (!first) throw new RangeError('A keyring needs a key.');
    this.firstKeyId = first.id;
    this.keyIds = keys.map(({ id }) => id);
    this.keys = new Map(keys.map(({ id, secret }) => [id, secret]));
  }

  /**
   * @param context names the record and its owner, such as `totp:<user id>:<record id>`; opening asks for the same
   */
  seal(plaintext: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    const id = Buffer.from(this.firstKeyId);
    const header = Buffer.concat([Uint8Array.of(VERSION, id.length), id]);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key(this.firstKeyId), iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(associatedData(header, context));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Uint8Array.from(Buffer.concat([header, iv, cipher.getAuthTag(), ciphertext]));
  }

  /** @throws KeyringError when the key is missing, or the text or its context is not the one that was sealed */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    const { header, keyId, iv, tag, ciphertext } = split(sealed);
    const decipher = createDecipheriv(CIPHER, this.key(keyId), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(header, context));
    decipher.setAuthTag(tag);
    try {
      return Uint8Array.from(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
    } catch {
      throw new KeyringError('altered', keyId);
    }
  }

  /** The id of the key that `sealed` names, configured or not. Throws KeyringError `altered` on anything else. */
  keyIdOf(sealed: Uint8Array): string {
    return split(sealed).keyId;
  }

  /** Whether `sealed` is under the key that seals today; if not, `keys rotate` seals it again. */
  isCurrent(sealed: Uint8Array): boolean {
    return this.keyIdOf(sealed) === this.firstKeyId;
  }

  /**
   * Marks what is given away and comes back, for those who may ask as often as they like: HMAC-SHA-256 under a key derived
   * for `context` (RFC 5869), where sealing would use up the random IVs.
   */
  mark(data: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    return this.markUnder(this.firstKeyId, data, context);
  }

  /** Whether `mark` is what `mark` gave for these, under any of the keys; in constant time. */
  isMarked(data: Uint8Array, mark: Uint8Array, context: string): boolean {
    return this.keyIds.some((id) => {
      const expected = this.markUnder(id, data, context);
      return mark.length === expected.length && timingSafeEqual(mark, expected);
    });
  }

  /** Tells apart keys of one name, and nothing of the key: HMAC-SHA-256 over the name, base64url. */
  fingerprint(keyId: string): string {
    return createHmac('sha256', this.key(keyId)).update(keyId).digest('base64url');
  }

  private markUnder(keyId: string, data: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    const key = Buffer.from(hkdfSync('sha256', this.key(keyId), '', `mark:${context}`, 32));
    return Uint8Array.from(createHmac('sha256', key).update(data).digest());
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new KeyringError('unknown_key', id);
    return key;
  }
}

/** Unambiguous, as the header tells its own length. */
const associatedData = (header: Uint8Array, context: string): Uint8Array =>
  Buffer.concat([header, Buffer.from(context)]);

function split(sealed: Uint8Array): Parts {
  const [version, idLength = 0] = sealed;
  const ivStart = 2 + idLength;
  const tagStart = ivStart + IV_BYTES;
  const textStart = tagStart + TAG_BYTES;
  if (version !== VERSION || sealed.length < textStart) throw new KeyringError('altered', null);
  return {
    header: sealed.subarray(0, ivStart),
    keyId: Buffer.from(sealed.subarray(2, ivStart)).toString('utf8'),
    iv: sealed.subarray(ivStart, tagStart),
    tag: sealed.subarray(tagStart, textStart),
    ciphertext: sealed.subarray(textStart),
  };
}
