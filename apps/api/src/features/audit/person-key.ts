import { createHash, createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Keyring, KeyringError } from '../../platform/crypto/keyring.ts';

/** Bytes of a person's key. */
export const PERSON_KEY_BYTES = 32;

/** Which of the persons that an event names. */
export type Side = 'actor' | 'subject';

/** What is stored of a text about a person. */
export interface SealedText {
  sealed: Uint8Array<ArrayBuffer>;
  /** Hex. */
  digest: string;
}

const derived = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `sallyport audit ${purpose}`, 32));

/**
 * Seals what the log says of one person. A text is encrypted, and bound to the log by the hash of a salt and the text: the
 * salt is a function of key and event (HMAC), so nothing but the key has to be kept, and without it neither the encrypted
 * text nor a guess of what it was can be judged. Whoever is to check an event gets its salt, which tells of no other.
 *
 * @see RFC 9901 section 4.2, which hides claims of a token in the same way
 */
export class PersonKey {
  private readonly cipher: Keyring;
  private readonly salts: Uint8Array;

  /** @param secret 32 random bytes */
  constructor(secret: Uint8Array) {
    this.cipher = new Keyring([{ id: 'person', secret: createSecretKey(derived(secret, 'text')) }]);
    this.salts = derived(secret, 'salt');
  }

  seal(text: string, eventId: string, side: Side): SealedText {
    return {
      sealed: this.cipher.seal(Buffer.from(text), contextOf(eventId, side)),
      digest: digestOf(this.saltOf(eventId, side), text),
    };
  }

  /** The text, where it is the one of this event that `digest` stands for; null where it was altered. */
  open({ sealed, digest }: SealedText, eventId: string, side: Side): string | null {
    try {
      const text = Buffer.from(this.cipher.open(sealed, contextOf(eventId, side))).toString('utf8');
      const own = Buffer.from(digestOf(this.saltOf(eventId, side), text));
      const given = Buffer.from(digest);
      return own.length === given.length && timingSafeEqual(own, given) ? text : null;
    } catch (error) {
      if (error instanceof KeyringError) return null;
      throw error;
    }
  }

  /** 32 bytes. */
  saltOf(eventId: string, side: Side): Uint8Array {
    return createHmac('sha256', this.salts).update(contextOf(eventId, side)).digest();
  }
}

const contextOf = (eventId: string, side: Side): string => `audit-event:${eventId}:${side}`;

const digestOf = (salt: Uint8Array, text: string): string =>
  createHash('sha256').update(salt).update(text).digest('hex');
