import { Presets, SingleBar } from 'cli-progress';

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

/** A progress bar on standard error where that is a terminal, else nothing. It appears with the first update. */
export function progress(label: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
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
