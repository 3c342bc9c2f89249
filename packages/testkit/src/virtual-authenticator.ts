import { parseKeyUri, type TotpAccount } from './key-uri.ts';
import { readQrCode } from './qr-code.ts';
import { TIME_STEP_SECONDS, totpCode } from './totp-code.ts';
import { eventually } from './waiting.ts';

const stepMs = TIME_STEP_SECONDS * 1000;

/** A code is worth showing only while the service will take it for this long yet. */
const leastMsLeft = 8_000;

/**
 * The authenticator app on a person's phone.
 *
 * The service takes codes of the step before, the current and the next one, each of them once and in order
 * (RFC 6238 section 5.2), so {@link nextCode} has up to three codes to give before it waits for the clock.
 */
export class VirtualAuthenticator {
  #account: TotpAccount | undefined;
  #lastStep = 0;
  readonly #now: () => number;

  /** @param now Unix time in milliseconds, as the phone has it */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Scans the QR code on a screenshot (PNG), as the camera would. @throws Error when there is none to read */
  scan(screenshot: Buffer): TotpAccount {
    return this.#add(parseKeyUri(readQrCode(screenshot)));
  }

  /** Types the key in by hand. @param secret base32; spaces and case do not matter */
  enterKey(secret: string): TotpAccount {
    return this.#add({ issuer: 'Sallyport', name: '', secret: secret.replaceAll(/\s/g, '').toUpperCase() });
  }

  /** A code that was not handed out before; waits for the next time step when all valid ones were. */
  async nextCode(): Promise<string> {
    const step = await eventually('a time step whose code is not spent', () => this.#nextStep(), 2 * stepMs);
    this.#lastStep = step;
    return totpCode(this.#secret, step);
  }

  /** The code handed out last, for trying it a second time. */
  lastCode(): string {
    return totpCode(this.#secret, this.#lastStep);
  }

  /** Six digits that are valid neither now nor in the steps around. */
  wrongCode(): string {
    const now = Math.floor(this.#now() / stepMs);
    const valid = new Set(Array.from({ length: 5 }, (_, index) => totpCode(this.#secret, now - 2 + index)));
    const wrong = ['123456', '654321', '111111', '222222', '333333', '444444'].find((code) => !valid.has(code));
    return wrong ?? '000000';
  }

  get #secret(): string {
    if (this.#account === undefined) throw new Error('This authenticator has no account yet: scan a QR code first.');
    return this.#account.secret;
  }

  #add(account: TotpAccount): TotpAccount {
    this.#account = account;
    this.#lastStep = 0;
    return account;
  }

  /** The oldest step not handed out that stays valid long enough; null when there is none. */
  #nextStep(): number | null {
    const now = this.#now();
    const current = Math.floor(now / stepMs);
    for (let step = Math.max(this.#lastStep + 1, current - 1); step <= current + 1; step += 1) {
      const endOfValidity = (step + 2) * stepMs;
      if (endOfValidity - now >= leastMsLeft) return step;
    }
    return null;
  }
}
