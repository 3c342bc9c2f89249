import { vi } from 'vitest';
import { run } from '../cli/run.ts';

export interface CommandResult {
  /** The exit code. */
  code: number;
  out: string;
  err: string;
}

/**
 * Runs a command of the operator in this process, as `main.ts` does, and keeps what it writes. What it sets of the
 * environment stays until `vi.unstubAllEnvs()`.
 */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const result = { code: 0, out: '', err: '' };
  const capture = (stream: NodeJS.WriteStream, to: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      result[to] += text;
      return true;
    });
  const spies = [capture(process.stdout, 'out'), capture(process.stderr, 'err')];
  try {
    result.code = await run(args);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return result;
}
