import { Presets, SingleBar } from 'cli-progress';
import { type Clock, systemClock } from '../platform/time/clock.ts';

/** Writes the result: for programs as one JSON document, for people in words. */
export function print(asJson: boolean | undefined, data: object, words: readonly string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(data)}\n` : words.map((line) => `${line}\n`).join(''));
}

/** A remark beside the result. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** `1 user`, `2 users` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/**
 * Progress of long work on standard error: a bar on a terminal, else lines, one at each tenth and none more often than
 * once a second, so that what takes less than a second from the first update says nothing.
 */
export const progress = (label: string, clock: Clock = systemClock): Progress =>
  process.stderr.isTTY ? bar(label) : lines(label, clock);

function bar(label: string): Progress {
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage}% | {value}/{total} | {eta_formatted}`,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  return {
    update(done, total) {
      if (!bar.isActive) bar.start(total, done);
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function lines(label: string, clock: Clock): Progress {
  let last: { tenth: number; ms: number } | null = null;
  return {
    update(done, total) {
      const tenth = Math.floor((10 * done) / total);
      const ms = clock.now().getTime();
      last ??= { tenth: 0, ms };
      if (tenth <= last.tenth || ms - last.ms < 1000) return;
      last = { tenth, ms };
      remark(`${label}: ${done} of ${total}`);
    },
    stop: () => undefined,
  };
}
