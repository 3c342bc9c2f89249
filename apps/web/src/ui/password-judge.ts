import { type PasswordContext, passwordFault } from '@sallyport/core/password-rules';
import { type PasswordStrength, passwordStrength } from '@sallyport/core/password-strength';

export type PasswordLevel = 'weak' | 'fair' | 'good' | 'strong';

export interface Judgement {
  level: PasswordLevel;
  /** Why the service would refuse it. */
  fault?: string;
}

const levels: Record<PasswordStrength, PasswordLevel> = { 0: 'weak', 1: 'weak', 2: 'fair', 3: 'good', 4: 'strong' };

/** Judges as the service does, by the same rules. This module brings the word lists: load it lazily. */
export function judge(password: string, context: PasswordContext): Judgement {
  const fault = passwordFault(password, context);
  if (fault) return { level: 'weak', fault: fault.message };
  return { level: levels[passwordStrength(password, context)] };
}
