import { ConfigError } from './config-error.ts';

/** The data folder cannot be used, or the database in it not opened. */
export class DataFolderError extends ConfigError {
  /** Whether there is no room, or the disk is broken: then a later start may succeed. */
  readonly isFull: boolean;

  /**
   * @param code  the system's own, such as `EACCES`; null where it has none to tell
   * @param cause what was thrown
   */
  constructor(dataDir: string, code: string | null, cause: unknown) {
    const isFull = code !== null && ['ENOSPC', 'EDQUOT', 'EIO'].includes(code);
    super([faultOf(dataDir, code, isFull, cause)]);
    this.name = 'DataFolderError';
    this.cause = cause;
    this.isFull = isFull;
  }
}

function faultOf(dataDir: string, code: string | null, isFull: boolean, cause: unknown): string {
  if (isFull) return `The disk of SALLYPORT_DATA_DIR, ${dataDir}, takes no more (${code}).`;
  if (code !== null) return `SALLYPORT_DATA_DIR takes a folder that this user can read and write (${code}).`;
  const reason = cause instanceof Error ? cause.message : 'no reason given';
  return `The database in SALLYPORT_DATA_DIR, ${dataDir}, cannot be opened: ${reason}.`;
}
