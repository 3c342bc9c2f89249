import { generateSync } from 'otplib';

/** RFC 6238 section 5.2. */
export const TIME_STEP_SECONDS = 30;

/**
 * The code that an authenticator app shows in a time step; by `otplib`, so that the service is checked against another
 * hand than its own.
 *
 * @param secret base32 (RFC 4648 section 6)
 * @param step   RFC 6238 time step: Unix time divided by 30 seconds
 * @throws Error when the secret is shorter than 16 bytes
 */
export const totpCode = (secret: string, step: number): string =>
  generateSync({ secret, epoch: step * TIME_STEP_SECONDS });
