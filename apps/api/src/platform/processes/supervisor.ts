import cluster, { type Worker } from 'node:cluster';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { HandedConnections } from './handed-connections.ts';
import { NUMBER } from './member.ts';
import { isOurs, type ToMember, type ToSupervisor } from './messages.ts';

/** A process that served for so long has not failed to start: the next of its place begins at once. */
const STEADY_MS = 60_000;
/** Pauses before a process is begun anew, after the first time. */
const PAUSE_MS = { first: 250, longest: 30_000 };
/** Beyond what the process allows itself. */
const PATIENCE_MS = 5000;
/** One that says nothing for so long is left out of the metrics. */
const METRICS_MS = 1000;

/** How a process ended: its exit code, or the signal that killed it. */
interface End {
  code: number | null;
  signal: string | null;
}

/** A process ended before it listened. What was wrong it has said itself. */
export class StartFailedError extends Error {
  override readonly name = 'StartFailedError';

  constructor(readonly exitCode: number) {
    super(`A process ended with ${exitCode} before it listened.`);
  }
}

interface Options {
  /** What each process runs: a file for Node. */
  program: string;
  /** How many of them, from 2. */
  count: number;
  /** How long one may take to end after it was told to, in milliseconds. */
  drainMs: number;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** The metrics of the supervisor itself. */
  metrics: () => Promise<string>;
}

/**
 * Keeps several processes listening on one address (`node:cluster`): one that ends is replaced, a restart replaces one
 * after another, each only once its successor listens. Connections are handed round; one that a process would not take
 * any more goes to the next.
 */
export class Supervisor {
  private readonly serving = new Map<number, Worker>();
  private readonly living = new Set<Worker>();
  /** Numbers whose process a restart replaces at this moment. */
  private readonly changing = new Set<number>();
  private readonly failures = new Map<number, number>();
  private readonly answers = new Map<number, (text: string) => void>();
  private readonly connections = new HandedConnections();
  private questions = 0;
  private restarting: Promise<void> | null = null;
  private again = false;
  private stopping = false;
  private end: (exitCode: number) => void = () => undefined;

  /** The exit code once all have ended, for whichever reason. */
  readonly ended = new Promise<number>((resolve) => {
    this.end = resolve;
  });

  constructor(private readonly options: Options) {
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ exec: options.program, args: process.argv.slice(2) });
  }

  /**
   * Ends when all listen. The first begins alone, so that what keeps it from that is said once.
   *
   * @throws StartFailedError
   */
  async start(): Promise<void> {
    const [first = 1, ...others] = Array.from({ length: this.options.count }, (_, index) => index + 1);
    await this.fill(first);
    await Promise.all(others.map((number) => this.fill(number)));
  }

  /** Replaces all, one after another. Asked again meanwhile, it begins anew when it is through. */
  restart(): void {
    this.again = true;
    this.restarting ??= this.restartAll().finally(() => {
      this.restarting = null;
    });
  }

  /** Lets all drain; `ended` tells when they have. @param exitCode where none of them has another */
  async stop(exitCode = 0): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    const codes = await Promise.all(
      [...this.living].map(async (worker) => {
        const isServing = [...this.serving.values()].includes(worker);
        if (isServing) this.say(worker, { say: 'stop' });
        else worker.process.kill('SIGTERM');
        const { code } = await this.gone(worker);
        return isServing ? (code ?? 1) : 0;
      }),
    );
    this.end(codes.find((code) => code !== 0) ?? exitCode);
  }

  /** Ends all at once, whatever is under way. */
  kill(): void {
    for (const worker of this.living) worker.process.kill('SIGKILL');
  }

  private async fill(number: number): Promise<void> {
    this.serving.set(number, await this.begin(number));
  }

  /** A process that listens. @throws StartFailedError */
  private async begin(number: number): Promise<Worker> {
    if (this.stopping) throw new StartFailedError(0);
    const worker = cluster.fork({ [NUMBER]: String(number) });
    const beganMs = performance.now();
    this.living.add(worker);
    // To write to one that was killed is an error of its channel, which its end tells too.
    worker.on('error', () => undefined);
    this.connections.watch(worker);
    const ready = new Promise<void>((resolve) => {
      worker.on('message', (message: unknown) => {
        if (!isOurs<ToSupervisor>(message)) return;
        if (message.say === 'ready') resolve();
        else void this.hear(worker, message);
      });
    });
    const exit = ended(worker).finally(() => this.living.delete(worker));
    const early = await Promise.race([ready.then(() => null), exit]);
    if (early) throw new StartFailedError(early.code ?? 1);
    void exit.then((how) => this.onEnd(number, worker, performance.now() - beganMs, how));
    return worker;
  }

  private onEnd(number: number, worker: Worker, livedMs: number, { code, signal }: End): void {
    if (this.serving.get(number) !== worker) return;
    this.serving.delete(number);
    if (this.stopping) return;
    const { logger } = this.options;
    logger.warn(
      { process: number, pid: worker.process.pid, code, signal },
      'A process ended; another takes its place.',
    );
    if (livedMs >= STEADY_MS) this.failures.delete(number);
    if (!this.changing.has(number)) void this.replace(number);
  }

  /** Begins processes, with growing pauses, until one listens. Where none is left that does, the group ends. */
  private async replace(number: number): Promise<void> {
    while (!this.stopping) {
      const failures = this.failures.get(number) ?? 0;
      this.failures.set(number, failures + 1);
      await setTimeout(pauseMs(failures));
      if (this.stopping) return;
      try {
        return await this.fill(number);
      } catch (error) {
        if (!(error instanceof StartFailedError)) throw error;
        if (this.stopping || this.serving.size > 0) continue;
        this.options.logger.error('No process is left, and none starts any more.');
        return this.stop(error.exitCode);
      }
    }
  }

  private async restartAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (let number = 1; number <= this.options.count && !this.stopping; number += 1) {
        if (!(await this.change(number))) return;
      }
    }
  }

  /** Puts a new process in the place of one. False where it does not start: then the one that serves goes on. */
  private async change(number: number): Promise<boolean> {
    const { logger } = this.options;
    if (!this.serving.has(number)) return true;
    this.changing.add(number);
    try {
      const successor = await this.begin(number);
      const old = this.serving.get(number);
      this.serving.set(number, successor);
      if (old) {
        this.say(old, { say: 'retire' });
        await this.gone(old);
      }
      logger.info({ process: number, pid: successor.process.pid }, 'A process was replaced by a new one.');
      return true;
    } catch (error) {
      if (!(error instanceof StartFailedError)) throw error;
      if (this.stopping) return false;
      logger.error({ process: number, code: error.exitCode }, 'A new process did not start; those that serve go on.');
      if (!this.serving.has(number)) void this.replace(number);
      return false;
    } finally {
      this.changing.delete(number);
    }
  }

  /** Ends with the process, which is killed if it takes too long. */
  private async gone(worker: Worker): Promise<End> {
    const late = setTimeout(this.options.drainMs + PATIENCE_MS, null, { ref: false });
    const end = ended(worker);
    if ((await Promise.race([end, late])) === null) {
      this.options.logger.error({ pid: worker.process.pid }, 'A process did not end when told, and is killed.');
      worker.process.kill('SIGKILL');
    }
    return end;
  }

  private async hear(worker: Worker, message: Exclude<ToSupervisor, { say: 'ready' }>): Promise<void> {
    if (message.say === 'metrics') {
      this.answers.get(message.id)?.(message.text);
      return;
    }
    const asked = [...this.serving.values()].map((member) => this.metricsOf(member));
    const texts = await Promise.all([this.options.metrics(), ...asked]);
    this.say(worker, { say: 'metrics of all', id: message.id, texts: texts.filter((text) => text !== null) });
  }

  /** Null where it does not answer soon. */
  private async metricsOf(worker: Worker): Promise<string | null> {
    const id = this.questions++;
    const answer = new Promise<string>((resolve) => this.answers.set(id, resolve));
    this.say(worker, { say: 'tell metrics', id });
    const text = await Promise.race([answer, setTimeout(METRICS_MS, null, { ref: false })]);
    this.answers.delete(id);
    return text;
  }

  private say(worker: Worker, message: ToMember): void {
    worker.send(message, () => undefined);
  }
}

/** From none, doubling. @param failures before this one, in a row */
export const pauseMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** (failures - 1));

const ended = (worker: Worker): Promise<End> =>
  new Promise((resolve) => {
    const { exitCode, signalCode } = worker.process;
    if (exitCode !== null || signalCode !== null) resolve({ code: exitCode, signal: signalCode });
    worker.once('exit', (code: number | null, signal: string | null) => resolve({ code, signal }));
  });
