import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';

/** The absolute path of a file that the operator named: pnpm runs us at the root, wherever it was called. */
export function pathOf(file: string): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  return resolve(script === 'sallyport' && INIT_CWD ? INIT_CWD : process.cwd(), file);
}

/** @throws CommandError EX_NOINPUT when the file cannot be read */
export async function readInput(file: string): Promise<string> {
  try {
    return await readFile(pathOf(file), 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

export const unreadable = (file: string, error: unknown): CommandError =>
  new CommandError(EX.NOINPUT, `${file} cannot be read${reasonOf(error)}.`);

/** The system's name of what went wrong, such as ` (ENOENT)`. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
