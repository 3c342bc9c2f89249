import { readFileSync } from 'node:fs';

/** USER_HZ, in which Linux tells times to programs: 100 on every architecture that Node has binaries for. */
const TICKS_PER_SECOND = 100;

/** Where utime and stime stand in /proc/PID/stat, counted from the state; see proc(5). */
const [USER_TIME, SYSTEM_TIME] = [11, 12];

/** Seconds of processor time that all threads of a process took until now; 0 for one that has ended. */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Memory of a process that is in RAM, in MiB. */
export function residentMiB(pid: number): number {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** The memory of a process while `work` is done, looked at ten times a second; `peakMiB` is the most. */
export async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; peakMiB: number }> {
  let peakMiB = residentMiB(pid);
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(pid));
  }, 100);
  try {
    const result = await work();
    return { result, peakMiB };
  } finally {
    clearInterval(timer);
  }
}
