import { type Fault, Problem, type ProblemCode } from '@sallyport/core';
import { CommanderError } from 'commander';
import { ConfigError } from '../platform/config-error.ts';
import { KeyringError } from '../platform/crypto/keyring.ts';
import { DataFolderError } from '../platform/data-folder-error.ts';
import {
  connectionFault,
  DatabaseInUseError,
  databaseWords,
  isDatabaseUnavailable,
  MigrationError,
} from '../platform/database/database.ts';
import { EX, type ExitCode } from './exit-codes.ts';

/** What a command ends with: an exit code, and what to say on standard error, a line each. */
export interface Failure {
  exitCode: ExitCode;
  lines: readonly string[];
}

/** A fault that a command found itself. */
export class CommandError extends Error implements Failure {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];

  constructor(exitCode: ExitCode, ...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

/** RFC 6901 pointers; the empty one is the whole file. */
export const faultLine = ({ pointer, message }: Fault): string => `${pointer === '' ? 'The file' : pointer} ${message}`;

/**
 * What an error means to the operator. Others may quote secrets, so only our own words reach the terminal, and of the
 * database those that tell why it cannot be used. LOG_LEVEL debug or trace adds where a fault of ours came from.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return error;
  // Commander has said what was wrong. Help that was asked for is no fault, help for want of a command is.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? EX.OK : EX.USAGE, lines: [] };
  if (error instanceof DatabaseInUseError) return { exitCode: EX.TEMPFAIL, lines: [error.message] };
  if (error instanceof Problem) return { exitCode: exitCodeOf(error), lines: problemLines(error) };
  if (error instanceof DataFolderError) {
    return { exitCode: error.isFull ? EX.IOERR : EX.CONFIG, lines: [error.message] };
  }
  if (error instanceof ConfigError) return { exitCode: EX.CONFIG, lines: error.faults };
  if (error instanceof KeyringError && error.fault === 'unknown_key') {
    return { exitCode: EX.CONFIG, lines: [error.message] };
  }
  if (error instanceof MigrationError) return migrationFailure(error);
  const refusal = connectionFault(error);
  if (refusal !== null) return { exitCode: EX.CONFIG, lines: [`DATABASE_URL cannot be used: ${refusal}.`] };
  if (isDatabaseUnavailable(error)) {
    const words = databaseWords(error);
    return {
      exitCode: EX.UNAVAILABLE,
      lines: [words ? `The database refuses work: ${words.message} (${words.code}).` : 'The database does not answer.'],
    };
  }
  const { LOG_LEVEL: level } = process.env;
  return {
    exitCode: EX.SOFTWARE,
    lines: [
      `Something went wrong on our side (${kindOf(error)}).`,
      ...(level === 'debug' || level === 'trace' ? stacksOf(error) : []),
    ],
  };
}

/** Without a cause the history does not fit; else it is the database's refusal, or the migration is at fault. */
function migrationFailure({ cause, message }: MigrationError): Failure {
  if (cause === undefined) return { exitCode: EX.CONFIG, lines: [message] };
  if (connectionFault(cause) !== null) return { exitCode: EX.CONFIG, lines: [`DATABASE_URL: ${message}.`] };
  return { exitCode: isDatabaseUnavailable(cause) ? EX.UNAVAILABLE : EX.SOFTWARE, lines: [`${message}.`] };
}

/** Where an error and its causes came from; none of the other properties, which may hold what was asked for. */
const stacksOf = (error: unknown): string[] =>
  error instanceof Error ? [error.stack ?? error.message, ...stacksOf(error.cause)] : [];

function exitCodeOf({ code }: Problem): ExitCode {
  const passes: ProblemCode[] = ['unavailable', 'overloaded', 'not_sealed_yet'];
  return passes.includes(code) ? EX.TEMPFAIL : EX.DATAERR;
}

const problemLines = ({ detail, title, errors = [] }: Problem): string[] =>
  errors.length > 0 ? errors.map(faultLine) : [`${detail ?? title}.`.replace(/\.\.$/, '.')];

const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
};
