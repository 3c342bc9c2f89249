import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** In a process of its own: a priority that was lowered stays so. */
const niceness = `
  import { readdirSync, readFileSync } from 'node:fs';
  const { lowerHashPriority } = await import(${JSON.stringify(join(import.meta.dirname, 'hash-priority.ts'))});
  const lowered = await lowerHashPriority();
  const nice = readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8');
    return [Number(thread), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
  });
  console.log(JSON.stringify({ lowered, main: nice.find(([thread]) => thread === process.pid)[1],
    threads: nice.filter(([, value]) => value === 10).length }));
`;

test.skipIf(process.platform !== 'linux')(
  'SEC-51: all threads that hash run after everything else, and only they',
  () => {
    const run = (threads: string) =>
      JSON.parse(
        execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', niceness], {
          env: { ...process.env, UV_THREADPOOL_SIZE: threads },
          encoding: 'utf8',
        }),
      );
    expect(run('4')).toEqual({ lowered: 4, main: 0, threads: 4 });
    expect(run('7')).toEqual({ lowered: 7, main: 0, threads: 7 });
  },
);
