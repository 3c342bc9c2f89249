import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';

/** Another process (or another part of this one) has the embedded database open: SEC-54. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
  /** EX_TEMPFAIL of sysexits.h: try again later. */
  readonly exitCode = 75;

  constructor(dataDir: string) {
    super(`The embedded database in ${dataDir} is in use: stop the server (or the command) that has it open first.`);
  }
}

/**
 * Takes `<dataDir>/lock` for this process. The kernel gives it back when the process ends, however it ends, so nothing
 * is ever left to clean up; the file stays.
 *
 * @returns gives the lock back
 * @throws DatabaseInUseError when it is taken
 */
export function lockFolder(dataDir: string): () => void {
  // A bare descriptor: a FileHandle that nobody refers to any more would be closed, and the lock with it.
  const fd = openSync(join(dataDir, 'lock'), 'a', 0o600);
  try {
    if (!tryLock(fd)) throw new DatabaseInUseError(dataDir);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  let held = true;
  return () => {
    // A descriptor's number is given out again: closing it twice would close somebody else's file.
    if (held) closeSync(fd);
    held = false;
  };
}
