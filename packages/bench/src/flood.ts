import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface FloodTask {
  /** Where a password is tried. */
  loginUrl: string;
  /** Sign-ins at once. */
  connections: number;
  /** So many of the people of the benchmark take part. */
  count: number;
}

export interface FloodTold {
  signedIn: number;
  refused: number;
}

/** Begins to sign people in from a process of its own, so that the one that measures is not the busy one. */
export async function beginFlood(task: FloodTask): Promise<() => Promise<FloodTold>> {
  const file = fileURLToPath(new URL('flood.program.ts', import.meta.url));
  const child = fork(file, [JSON.stringify(task)], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return async () => {
    child.send('stop');
    const [told] = (await once(child, 'message')) as [FloodTold];
    return told;
  };
}
