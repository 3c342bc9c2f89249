/** `4.1 s`, as people read it. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Where a task says how it goes. */
export type Print = (text: string) => void;

export const print: Print = (text) => {
  process.stdout.write(text);
};

/** Says on standard error what is being done and how long it took; standard output stays the task's own. */
export async function announced<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  process.stderr.write(`${what} …`);
  try {
    const result = await work();
    process.stderr.write(` done in ${seconds(performance.now() - start)}\n`);
    return result;
  } catch (error) {
    process.stderr.write(' failed\n');
    throw error;
  }
}

/** A failure whose message already says everything: printed without a stack. */
export class TaskFailed extends Error {}

/** Runs a task's body; a {@link TaskFailed} becomes its message and exit code 1. */
export async function task(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof TaskFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
