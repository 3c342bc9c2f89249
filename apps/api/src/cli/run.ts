import { EX, type ExitCode } from './exit-codes.ts';
import { failureOf } from './failure.ts';
import { buildProgram } from './program.ts';

/**
 * Runs one command; its result goes to standard output, what went wrong to standard error, a line each.
 *
 * @param args without the names of runtime and program
 * @returns the exit code of the process
 */
export async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
    return EX.OK;
  } catch (error) {
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) process.stderr.write(`${line}\n`);
    return exitCode;
  }
}
