import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { DAY_MS, HOUR_MS } from '@sallyport/core';
import type { Database, Db, Transaction } from '../database/database.ts';
import type { Clock } from '../time/clock.ts';
import type { Keyring } from './keyring.ts';
import { signingKeyContext, signingKeysStore } from './store.ts';

/** A new key replaces the newest one at this age. */
const ROTATION_MS = 30 * DAY_MS;
/** How long a replaced key is still accepted and published; longer than an access token lives (SEC-20). */
const RETIREMENT_MS = HOUR_MS;
/** An unknown key id causes at most one read of the database in this time. */
const RELOAD_MS = 1000;
/** A key that another process made is taken up within this time; far less than the old one stays accepted. */
const REFRESH_MS = 60 * 1000;

/** An Ed25519 public key as it is published (RFC 8037 section 2, RFC 7517). */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  /** 32 bytes, base64url. */
  x: string;
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

export interface SigningKey {
  kid: string;
  /** PKCS #8 PEM. */
  privateKey: string;
  /** SPKI PEM. */
  publicKey: string;
}

interface LoadedKey extends SigningKey {
  jwk: PublicJwk;
  createdAtMs: number;
  /** Unix time in milliseconds from which the key is refused; infinite for the newest. */
  retiredAtMs: number;
}

interface Deps {
  database: Database;
  keyring: Keyring;
  clock: Clock;
}

/** The Ed25519 keys that sign access tokens (SEC-20). All instances share them through the database. */
export class SigningKeys {
  private keys: readonly LoadedKey[] = [];
  private reloadedAtMs = 0;
  private reloading: Promise<void> | null = null;

  private constructor(private readonly deps: Deps) {}

  /**
   * Reads the keys; makes the first one, or the next one when the newest is 30 days old. Of several instances that
   * start at once one makes it.
   *
   * @throws KeyringError when a private key cannot be opened
   */
  static async load(deps: Deps): Promise<SigningKeys> {
    const keys = new SigningKeys(deps);
    await keys.reload();
    return keys;
  }

  /** The key that signs now. When its time is over, the next one is fetched or made in the background. */
  current(): SigningKey {
    const newest = this.newest();
    if (!newest) throw new Error('There is no signing key.');
    this.refresh();
    return newest;
  }

  /**
   * Makes a new key before the newest is 30 days old. Every server takes it up within a minute.
   *
   * @param record tells of it in the same transaction
   * @returns the id of the new key; null while the newest is less than an hour old, for the one before it still counts
   */
  async rotate(record: (tx: Transaction, kid: string) => Promise<void>): Promise<string | null> {
    const kid = await this.deps.database.transaction(async (tx) => {
      await signingKeysStore(tx).lock();
      const [latest] = await this.read(tx);
      if (latest && this.nowMs() - latest.createdAtMs < RETIREMENT_MS) return null;
      const made = await this.make(tx, latest?.kid ?? null);
      await record(tx, made);
      return made;
    });
    await this.reload();
    return kid;
  }

  /** The key of a token, or null when there is none or its time is over. An unknown id is looked up in the database. */
  async find(kid: string): Promise<SigningKey | null> {
    const known = this.accepted().find((key) => key.kid === kid);
    if (known) return known;
    await this.reloadSometimes();
    return this.accepted().find((key) => key.kid === kid) ?? null;
  }

  /** The JSON Web Key Set for `/.well-known/jwks.json` (RFC 7517 section 5). */
  jwks(): { keys: PublicJwk[] } {
    this.refresh();
    return { keys: this.accepted().map(({ jwk }) => jwk) };
  }

  /** Looks in the background whether there is a newer key. Should this fail, the old one goes on, and is tried again. */
  private refresh(): void {
    const newest = this.newest();
    const isDue = newest !== undefined && this.isDue(newest.createdAtMs);
    if (isDue || Math.abs(this.nowMs() - this.reloadedAtMs) >= REFRESH_MS) {
      void this.reloadSometimes().catch(() => undefined);
    }
  }

  private newest(): LoadedKey | undefined {
    return this.keys[0];
  }

  private accepted(): readonly LoadedKey[] {
    const nowMs = this.nowMs();
    return this.keys.filter(({ retiredAtMs }) => nowMs < retiredAtMs);
  }

  private isDue(createdAtMs: number): boolean {
    return this.nowMs() - createdAtMs >= ROTATION_MS;
  }

  private nowMs(): number {
    return this.deps.clock.now().getTime();
  }

  private async reloadSometimes(): Promise<void> {
    if (!this.reloading) {
      if (Math.abs(this.nowMs() - this.reloadedAtMs) < RELOAD_MS) return;
      this.reloading = this.reload().finally(() => {
        this.reloading = null;
      });
    }
    await this.reloading;
  }

  private async reload(): Promise<void> {
    this.reloadedAtMs = this.nowMs();
    const { database } = this.deps;
    this.keys = await this.read(database.client);
    const newest = this.newest();
    if (newest && !this.isDue(newest.createdAtMs)) return;
    this.keys = await database.transaction(async (tx) => {
      await signingKeysStore(tx).lock();
      const [latest] = await this.read(tx);
      if (!latest || this.isDue(latest.createdAtMs)) await this.make(tx, latest?.kid ?? null);
      return this.read(tx);
    });
  }

  /** Newest first. */
  private async read(db: Db): Promise<LoadedKey[]> {
    const rows = await signingKeysStore(db).list();
    return rows.map((row, index) => {
      const replacedAt = rows[index - 1]?.createdAt;
      const privateKey = Buffer.from(this.deps.keyring.open(row.privateKey, signingKeyContext(row.id))).toString(
        'utf8',
      );
      return {
        kid: row.id,
        privateKey,
        ...publicPartOf(privateKey),
        createdAtMs: row.createdAt.getTime(),
        retiredAtMs: replacedAt ? replacedAt.getTime() + RETIREMENT_MS : Number.POSITIVE_INFINITY,
      };
    });
  }

  /** Adds a key; only the one it replaces is kept beside it. Returns the id of the new one. */
  private async make(db: Db, replacedKid: string | null): Promise<string> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { jwk } = publicPartOf(pem);
    await signingKeysStore(db).insert(
      {
        id: jwk.kid,
        publicJwk: { ...jwk },
        privateKey: this.deps.keyring.seal(Buffer.from(pem), signingKeyContext(jwk.kid)),
        createdAt: this.deps.clock.now(),
      },
      replacedKid,
    );
    return jwk.kid;
  }
}

function publicPartOf(privatePem: string): { publicKey: string; jwk: PublicJwk } {
  const key = createPublicKey(createPrivateKey(privatePem));
  const { x = '' } = key.export({ format: 'jwk' });
  return { publicKey: key.export({ type: 'spki', format: 'pem' }).toString(), jwk: publicJwk(x) };
}

/** An Ed25519 key as others get it (RFC 8037). @param x public key, base64url */
export const publicJwk = (x: string): PublicJwk => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x,
  kid: thumbprint(x),
  alg: 'EdDSA',
  use: 'sig',
});

/** RFC 7638 thumbprint of an Ed25519 key (RFC 8037 appendix A.3). @param x public key, base64url */
export const thumbprint = (x: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
