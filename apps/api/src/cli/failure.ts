import { type Fault, Problem } from '@sallyport/core';
import { CommanderError } from 'commander';
import { ConfigError } from '../platform/config-error.ts';
import { DatabaseInUseError, isDatabaseUnavailable } from '../platform/database/database.ts';
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

/** What an error means to the operator. Nothing but our own words reaches the terminal: others may quote secrets. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return error;
  // Commander has said what was wrong. Help that was asked for is no fault, help for want of a command is.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? EX.OK : EX.USAGE, lines: [] };
  if (error instanceof ConfigError) return { exitCode: EX.CONFIG, lines: error.faults };
  if (error instanceof DatabaseInUseError) return { exitCode: EX.TEMPFAIL, lines: [error.message] };
  if (error instanceof Problem) return { exitCode: exitCodeOf(error), lines: problemLines(error) };
  if (isDatabaseUnavailable(error)) return { exitCode: EX.UNAVAILABLE, lines: ['The database does not answer.'] };
  return { exitCode: EX.SOFTWARE, lines: [`Something went wrong on our side (${kindOf(error)}).`] };
}

function exitCodeOf({ code }: Problem): ExitCode {
  return code === 'unavailable' || code === 'overloaded' ? EX.TEMPFAIL : EX.DATAERR;
}

const problemLines = ({ detail, title, errors = [] }: Problem): string[] =>
  errors.length > 0 ? errors.map(faultLine) : [`${detail ?? title}.`.replace(/\.\.$/, '.')];

const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
};
