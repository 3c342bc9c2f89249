import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** `npx` and `pnpm` as they show in a list of processes: by a title of their own, or as a script of Node. */
const LAUNCHER = /^(\S*node\S* )?(\S*\/)?(npm|npx|pnpm|pnpx|yarn)(-cli)?(\.[cm]?js)?( |$)/;
/** Launchers put shells between each other. */
const SHELL = /^(\S*\/)?(ba|da|z)?sh -c /;
const POLL_MS = 500;

/**
 * Ends this process as SIGTERM does once one of the launchers above it has ended. `npx pnpm start` is a row of
 * processes, and a signal to the first of them ends only some; what stays would be a server that nobody knows of.
 * A shell above the launchers may go: so one leaves a server running in the background.
 */
export function endWithLaunchers() {
  const links = launcherLinks();
  if (links.length === 0) return;
  const timer = setInterval(() => {
    if (links.every(({ pid, parent }) => processOf(pid)?.parent === parent)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}

/**
 * This process and those above it up to the topmost launcher, each with its parent. A parent that ends, however it
 * does, is seen at once in its child, which gets another.
 */
function launcherLinks() {
  const links = [];
  let upToLauncher = 0;
  let pid = process.pid;
  for (let parent = process.ppid; parent > 1; ) {
    links.push({ pid, parent });
    const above = processOf(parent);
    if (!above) break;
    if (LAUNCHER.test(above.command)) upToLauncher = links.length;
    else if (!SHELL.test(above.command)) break;
    pid = parent;
    parent = above.parent;
  }
  return links.slice(0, upToLauncher);
}

/**
 * @param {number} pid
 * @returns {{ parent: number, command: string } | null} null where it has ended, or the system does not tell
 */
function processOf(pid) {
  try {
    if (existsSync('/proc/self/stat')) {
      // The second field, a name in parentheses, may hold anything (proc_pid_stat(5)).
      const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return { parent: Number(parent), command };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [parent = ''] = line.split(' ', 1);
    return { parent: Number(parent), command: line.slice(parent.length).trim() };
  } catch {
    return null;
  }
}
