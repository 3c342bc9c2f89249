import { Problem } from '@sallyport/core';

/** Whose turn a task is. */
export interface Turn {
  /** Lanes take turns: one that is crowded delays another by one task at most. */
  lane: string;
  /** Within a lane sources take turns too, however many tasks each of them has waiting. */
  source: string;
}

interface Waiting {
  begin(): void;
  refuse(): void;
}

/** The tasks of a lane that wait, by source; the first source in it has the next turn. */
type Lane = Map<string, Waiting[]>;

export interface FairQueueOptions {
  /** Tasks that run at once, from 1. */
  concurrency: number;
  /** Tasks of one lane that may wait. */
  limit: number;
  /** Called for each task that is refused. */
  onShed?: () => void;
}

/**
 * A door: only so many tasks run at once, and the others wait in front of it, each source for its own turn. Where a lane
 * is full, the source with the most waiting tasks loses its newest, so that a flood from one address sheds itself and
 * not who comes from another (SEC-3, SEC-51).
 */
export class FairQueue {
  private readonly lanes = new Map<string, Lane>();
  private running = 0;
  private waiting = 0;

  constructor(private readonly options: FairQueueOptions) {}

  /** Tasks that wait. */
  get size(): number {
    return this.waiting;
  }

  /** @throws Problem `overloaded`, at once or as soon as a task of another source needs the place */
  async run<T>(turn: Turn, task: () => Promise<T>): Promise<T> {
    if (this.running >= this.options.concurrency) await this.wait(turn);
    else this.running += 1;
    try {
      return await task();
    } finally {
      this.next();
    }
  }

  private wait({ lane: name, source }: Turn): Promise<void> {
    const lane = this.lanes.get(name) ?? new Map<string, Waiting[]>();
    const own = lane.get(source) ?? [];
    if (lengthOf(lane) >= this.options.limit && !this.makeRoom(lane, own.length)) return Promise.reject(this.shed());
    this.lanes.set(name, lane);
    lane.set(source, own);
    this.waiting += 1;
    return new Promise((begin, reject) => {
      own.push({ begin, refuse: () => reject(this.shed()) });
    });
  }

  /** Refuses the newest task of the source that has the most waiting, if those are more than `own`. */
  private makeRoom(lane: Lane, own: number): boolean {
    const longest = [...lane.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
    if (longest.length <= own + 1) return false;
    this.waiting -= 1;
    longest.pop()?.refuse();
    return true;
  }

  /** Gives the place of a task that ended to the next in turn. */
  private next(): void {
    const [turn] = this.lanes;
    if (!turn) {
      this.running -= 1;
      return;
    }
    const [name, lane] = turn;
    const [source, tasks] = [...lane][0] ?? ['', []];
    const task = tasks.shift();
    // Who had its turn goes to the end of the row.
    lane.delete(source);
    if (tasks.length > 0) lane.set(source, tasks);
    this.lanes.delete(name);
    if (lane.size > 0) this.lanes.set(name, lane);
    this.waiting -= 1;
    task?.begin();
  }

  private shed(): Problem {
    this.options.onShed?.();
    return new Problem('overloaded', {
      detail: 'Too many people are signing in at this moment. Try again in a few seconds.',
      retryAfterSeconds: 2,
    });
  }
}

const lengthOf = (lane: Lane): number => [...lane.values()].reduce((sum, tasks) => sum + tasks.length, 0);
