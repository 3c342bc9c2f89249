import { loadavg } from 'node:os';

/** A figure and how far it went apart over the rounds. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = Math.floor((sorted.length - 1) / 2);
  return { median: (at(middle) + at(sorted.length - 1 - middle)) / 2, least: at(0), most: at(sorted.length - 1) };
}

/** The ratio of each round, in which both met the same machine. */
export const ratios = (measured: readonly number[], reference: readonly number[]): Spread =>
  spreadOf(measured.map((value, round) => value / (reference[round] ?? Number.NaN)));

/** `1.83 (1.70 to 1.91)` */
export const spreadText = ({ median, least, most }: Spread, digits = 2): string =>
  Number.isNaN(median) ? '' : `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;

/** A table in Markdown, as docs/performance.md holds it; and how busy the machine was with others. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(line(head) + line(head.map(() => '---')) + rows.map(line).join(''));
  process.stdout.write(
    `\nLoad average at the end: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}\n`,
  );
}
