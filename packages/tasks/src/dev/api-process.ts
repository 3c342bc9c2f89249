import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { root } from '../repository.js';

/** What became of a build. */
export interface Outcome {
  /** Whether the API serves, be it what it served before. */
  serving: boolean;
  /** Why the build is not what it serves, for people. */
  fault?: string;
}

const ENDED: Outcome = { serving: false, fault: 'The API has ended.' };

/** What a build leaves behind is never freed: above this, another process takes over. */
const MOST_HEAP_BYTES = 1024 ** 3;

/** More than the end of requests under way and of a database takes. */
const MOST_END_MS = 30_000;

const host = fileURLToPath(new URL('./host.js', import.meta.url));

/** The process of the API, which takes one build after another (see host.js); a new one where it has ended. */
export class ApiProcess {
  readonly #env: NodeJS.ProcessEnv;
  readonly #onEnd: (outcome: Outcome) => void;
  #child: ChildProcess | null = null;
  #isTaking = false;
  #isEnding = false;
  #isOver = false;
  #isWornOut = false;
  #isFirst = true;

  /**
   * @param env   of the process
   * @param onEnd is called when it ends by itself, and not over a build
   */
  constructor(env: NodeJS.ProcessEnv, onEnd: (outcome: Outcome) => void) {
    this.#env = env;
    this.#onEnd = onEnd;
  }

  /** Loads what it will need. @param lastBuild a file that an earlier run left */
  start(lastBuild?: string): ChildProcess {
    const child = fork(host, lastBuild === undefined ? [] : [lastBuild], {
      cwd: root,
      execArgv: ['--enable-source-maps'],
      env: this.#env,
    });
    this.#child = child;
    this.#isWornOut = false;
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.#child = null;
      if (!this.#isTaking && !this.#isEnding) this.#onEnd(ENDED);
    });
    return child;
  }

  /** Serves this build in the place of the one before. Call it for one after another. */
  async take(file: string): Promise<Outcome> {
    if (this.#isWornOut) await this.#endChild();
    if (this.#isOver) return ENDED;
    this.#isTaking = true;
    // One that could not let go of what it served has ended; the next one has nothing to let go of.
    let outcome = this.#child && (await this.#give(this.#child, file));
    if (outcome === null && !this.#isOver) outcome = await this.#give(this.start(), file);
    this.#isTaking = false;
    if (outcome?.serving) this.#isFirst = false;
    return outcome ?? ENDED;
  }

  /** Null where the process ends. */
  #give(child: ChildProcess, file: string): Promise<Outcome | null> {
    child.removeAllListeners('message');
    return new Promise((resolve) => {
      const onExit = (): void => resolve(null);
      child.once('exit', onExit);
      child.once('message', (message) => {
        const { heapBytes = 0, ...outcome } = message as Outcome & { heapBytes?: number };
        this.#isWornOut = heapBytes > MOST_HEAP_BYTES;
        child.off('exit', onExit);
        resolve(outcome);
      });
      // To one that has ended just now: its exit says so.
      child.send({ file, first: this.#isFirst }, () => undefined);
    });
  }

  /** Requests under way finish, the database is closed. It takes no build any more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#endChild();
  }

  async #endChild(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const ended = once(child, 'exit');
    this.#isEnding = true;
    child.disconnect();
    const tooLate = setTimeout(() => child.kill('SIGKILL'), MOST_END_MS);
    await ended;
    clearTimeout(tooLate);
    this.#isEnding = false;
  }
}
