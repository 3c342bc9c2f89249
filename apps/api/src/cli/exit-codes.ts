/** Exit codes of sysexits.h, as far as the commands use them. */
export const EX = {
  OK: 0,
  /** The command line is wrong. */
  USAGE: 64,
  /** The input is wrong, or what was checked is. */
  DATAERR: 65,
  /** The input cannot be read. */
  NOINPUT: 66,
  /** The database does not answer. */
  UNAVAILABLE: 69,
  /** A fault of ours. */
  SOFTWARE: 70,
  /** The output cannot be written. */
  CANTCREAT: 73,
  /** The disk is full or broken. */
  IOERR: 74,
  /** Later it may work. */
  TEMPFAIL: 75,
  /** The environment is wrong. */
  CONFIG: 78,
} as const;

export type ExitCode = (typeof EX)[keyof typeof EX];
