import { base32nopad } from '@scure/base';
import speakeasy from 'speakeasy';
import type { CodeRefusal } from './next-step.ts';

/** Length of a time step (RFC 6238 section 5.2). */
export const TIME_STEP_SECONDS = 30;
/** Length of a code. */
export const DIGITS = 6;
/** Length of a new secret in bytes: 160 bits, the output of SHA-1 (RFC 4226 section 4, R6). */
const SECRET_BYTES = 20;
/** Steps accepted on either side of the present one, for clocks that differ and people who type slowly. */
const WINDOW = 1;
/**
 * How many steps ahead of a code that is right the last spent one may lie: five minutes, more than clocks of instances
 * differ. Farther ahead it was spent while a clock was wrong, and is not held against the user for as long as that.
 */
export const MAX_STEPS_AHEAD = 10;
/** How far a clock that is off is looked for, on either side: ten minutes. */
const SKEW_STEPS = 20;
/** speakeasy writes wrong high bytes for counters from 2^31 on (the year 4011). */
const MAX_STEP = 2 ** 31 - 1;

/** A new shared secret: 20 bytes from the platform's cryptographic generator, never from speakeasy's. */
export function newTotpSecret(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

/** The time step of a moment given as Unix time in milliseconds. */
export function timeStepAt(nowMs: number): number {
  return Math.floor(nowMs / 1000 / TIME_STEP_SECONDS);
}

/**
 * The code of a time step, HMAC-SHA-1.
 *
 * @param secret shared secret, raw bytes
 * @param step   0 to 2^31 - 1
 * @param digits length of the code
 * @throws RangeError for a step out of bounds or an empty secret
 * @see RFC 6238 section 4, RFC 4226 section 5.3
 */
export function totpCode(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  if (!Number.isInteger(step) || step < 0 || step > MAX_STEP) throw new RangeError(`No code for time step ${step}`);
  if (secret.length === 0) throw new RangeError('The secret is empty');
  // In hex, because speakeasy reads a plain string as text, which bytes above 0x7f do not survive.
  const hex = Array.from(secret, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return speakeasy.hotp({ secret: hex, encoding: 'hex', counter: step, digits });
}

/**
 * The time step in which `code` is valid, or null when there is none within the window. Where a code happens to be
 * that of two steps, the newer one, so that spending it spends both.
 *
 * @param secret   shared secret, 20 raw bytes
 * @param code     6 decimal digits as the user typed them, spaces allowed
 * @param nowMs    Unix time in milliseconds
 * @param lastStep the step that this authenticator spent last (-1 for none); neither it nor older ones match, unless it
 *   lies more than `MAX_STEPS_AHEAD` ahead
 * @param toldSteps steps of codes that were refused as too early; they never match
 * @see RFC 6238 section 5.2 (one code is accepted once)
 */
export function matchingTimeStep(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  lastStep: number,
  toldSteps: readonly number[] = [],
): number | null {
  const steps = stepsOf(secret, code, timeStepAt(nowMs), WINDOW);
  return steps.findLast((step) => !isSpent(step, lastStep) && !toldSteps.includes(step)) ?? null;
}

/**
 * Why a code that matches no time step was refused. Whoever is told that a code is too early must not use it when its
 * time comes, or each guess would be worth ten: keep `tooEarly` as one of the `toldSteps`, before the answer.
 *
 * @param nowMs    Unix time in milliseconds
 * @param lastStep the step that this authenticator spent last (-1 for none)
 * @returns `clockSkewSeconds`, a multiple of 30 from -600 to 600: by how much the authenticator's clock is ahead
 * @see RFC 6238 section 6 (resynchronisation)
 */
export function refusalOf(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  lastStep: number,
): { reason: CodeRefusal; clockSkewSeconds?: number; tooEarly?: number } {
  const present = timeStepAt(nowMs);
  const steps = stepsOf(secret, code, present, SKEW_STEPS);
  const nearest = steps.toSorted((a, b) => Math.abs(a - present) - Math.abs(b - present))[0];
  if (nearest === undefined) return { reason: 'wrong' };
  if (isSpent(nearest, lastStep) || Math.abs(nearest - present) <= WINDOW) return { reason: 'already_used' };
  const clockSkewSeconds = (nearest - present) * TIME_STEP_SECONDS;
  return { reason: 'clock_skew', clockSkewSeconds, ...(nearest > present ? { tooEarly: nearest } : {}) };
}

/**
 * The first time step from the present on that an authenticator did not spend: its code is taken now, or once its time is
 * near enough.
 *
 * @param nowMs     Unix time in milliseconds
 * @param lastStep  as for `matchingTimeStep`
 * @param toldSteps as for `matchingTimeStep`
 */
export function nextUnspentStep(nowMs: number, lastStep: number, toldSteps: readonly number[] = []): number {
  let step = timeStepAt(nowMs);
  while (isSpent(step, lastStep) || toldSteps.includes(step)) step += 1;
  return step;
}

/** In how many milliseconds a code of the step is taken; 0 where it is already, or was. @param nowMs Unix time in milliseconds */
export const msUntilTaken = (step: number, nowMs: number): number =>
  Math.max(0, (step - WINDOW) * TIME_STEP_SECONDS * 1000 - nowMs);

/** The steps within `window` of `present` whose code this is, oldest first. */
function stepsOf(secret: Uint8Array, code: string, present: number, window: number): number[] {
  const typed = code.replace(/\s/g, '');
  const steps: number[] = [];
  // Each step is computed and compared, whatever matched before: the time taken tells nothing.
  for (let step = present - window; step <= present + window; step++) {
    if (step >= 0 && isSame(totpCode(secret, step), typed)) steps.push(step);
  }
  return steps;
}

/** Whether `step` was spent, where `lastStep` is what was spent last. */
const isSpent = (step: number, lastStep: number): boolean => step <= lastStep && lastStep <= step + MAX_STEPS_AHEAD;

/** The secret as people type it into an authenticator: base32 (RFC 4648 section 6) without padding. */
export function secretText(secret: Uint8Array): string {
  return base32nopad.encode(secret);
}

/**
 * The bytes of a secret that `secretText` wrote; spaces and case do not matter.
 *
 * @throws Error when it is not base32
 */
export function secretBytes(text: string): Uint8Array {
  return base32nopad.decode(text.replace(/\s/g, '').toUpperCase());
}

/**
 * What the QR code says, in the Key URI format. Colons, which part issuer from account there, become spaces.
 *
 * @param issuer  shown above the code in the authenticator
 * @param account shown beside it: the email address
 * @param secret  shared secret, raw bytes
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function otpauthUri({
  issuer,
  account,
  secret,
}: {
  issuer: string;
  account: string;
  secret: Uint8Array;
}): string {
  const [encodedIssuer, encodedAccount] = [issuer, account].map((part) =>
    encodeURIComponent(part.replace(/:/g, ' ').trim()),
  );
  const parameters = [
    `secret=${secretText(secret)}`,
    `issuer=${encodedIssuer}`,
    'algorithm=SHA1',
    `digits=${DIGITS}`,
    `period=${TIME_STEP_SECONDS}`,
  ];
  return `otpauth://totp/${encodedIssuer}:${encodedAccount}?${parameters.join('&')}`;
}

/** Whether two texts of one length are the same, in a time that does not depend on where they differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
