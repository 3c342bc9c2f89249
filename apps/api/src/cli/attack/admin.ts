import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { EX } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Credentials } from './scene.ts';
import { ADMIN_VARIABLES } from './variables.ts';

/** From the environment, else asked for on a terminal. @throws CommandError EX_USAGE where there is neither */
export async function adminCredentials(): Promise<Credentials> {
  return {
    email: await told(ADMIN_VARIABLES.email, 'Email of the admin: '),
    password: await told(ADMIN_VARIABLES.password, 'Password: ', { hidden: true }),
    code: () => told(ADMIN_VARIABLES.code, 'Authentication code: '),
  };
}

async function told(variable: string, question: string, { hidden = false } = {}): Promise<string> {
  const value = process.env[variable];
  if (value) return value;
  if (!process.stdin.isTTY) {
    throw new CommandError(EX.USAGE, `${variable} is not set, and there is no terminal to ask on.`);
  }
  process.stderr.write(question);
  // What is typed is shown only by what the interface writes.
  const output = hidden ? new Writable({ write: (_chunk, _encoding, written) => written() }) : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    if (hidden) process.stderr.write('\n');
  }
}
