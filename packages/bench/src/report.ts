/** One measurement beside the yardstick of the same run, in the same unit. */
export interface Comparison {
  what: string;
  measured: number;
  yardstick: string;
  reference: number;
  unit: string;
}

/** Prints the ratio first: it carries from machine to machine, the figures do not. */
export function report({ what, measured, yardstick, reference, unit }: Comparison): void {
  const figure = (value: number): string => `${value.toPrecision(3)} ${unit}`;
  process.stdout.write(
    `${(measured / reference).toFixed(2)} × ${yardstick}: ${what} ${figure(measured)}, yardstick ${figure(reference)}\n`,
  );
}
