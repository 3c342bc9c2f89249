/** What a look at one thing showed. */
export interface Finding {
  /** What was looked at, in a word or two. */
  of: string;
  outcome: 'ok' | 'warning' | 'fault' | 'skipped';
  words: string;
  /** What to do about it. */
  todo?: string;
}

export const ok = (of: string, words: string): Finding => ({ of, outcome: 'ok', words });
export const skipped = (of: string, words: string): Finding => ({ of, outcome: 'skipped', words });
export const warning = (of: string, words: string, todo: string): Finding => ({ of, outcome: 'warning', words, todo });
export const fault = (of: string, words: string, todo: string): Finding => ({ of, outcome: 'fault', words, todo });

/** The system's or the library's name of what went wrong; never a message, which may quote a secret. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
};
