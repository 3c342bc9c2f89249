import { execFileSync } from 'node:child_process';
import { totpCode as ownTotpCode, secretBytes, TIME_STEP_SECONDS } from '@sallyport/core/totp';
import { onPath } from './on-path.ts';

const oathtool = onPath('oathtool');

/**
 * The code that an authenticator app shows in a time step: by `oathtool` where it is installed, so that the service
 * is checked against another hand, else by our own function.
 *
 * @param secret base32 (RFC 4648 section 6)
 * @param step   RFC 6238 time step: Unix time divided by 30 seconds
 */
export function totpCode(secret: string, step: number): string {
  if (oathtool === undefined) return ownTotpCode(secretBytes(secret), step);
  // The secret goes in through standard input: arguments are visible to every process of the machine.
  const args = ['--totp', '--base32', `--now=@${step * TIME_STEP_SECONDS}`, '-'];
  return execFileSync(oathtool, args, { input: `${secret}\n`, encoding: 'utf8' }).trim();
}
