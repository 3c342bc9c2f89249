import { Problem } from '@sallyport/core';

/** Whose turn a task is. */
export interface Turn {
  /** Lanes take turns: one that is crowded delays another by one task at most. */
  lane: string;
  /** Within a lane sources take turns too, however many tasks each of them has waiting. */
  source: string;
  /** Whom the task is for, where that is known: they take turns as sources do. */
  tenant?: string;
}

/** Why a task is refused: its lane was full, another took its place there, or it waited too long. */
export type ShedReason = 'full' | 'displaced' | 'patience';

interface Waiting {
  /** How many turns its source or its tenant, whichever has more, takes before this one. */
  readonly turn: number;
  readonly shares: readonly string[];
  begin(): void;
  refuse(): void;
}

export interface FairQueueOptions {
  /** Tasks that run at once, from 1. */
  concurrency: number;
  /** Tasks of one lane that may wait. */
  limit: number;
  /** Milliseconds that a task waits at most. */
  patienceMs: number;
  /** Called for each task that is refused. */
  onShed?: (reason: ShedReason) => void;
}

/**
 * A door: only so many tasks run at once, and the others wait in front of it, for a bounded time, each source and each
 * tenant for its own turn. Where a lane is full, the task that is farthest from its turn is lost, so that a flood from
 * one address, or at one tenant from many, sheds itself and nobody else (SEC-3, SEC-51).
 */
export class FairQueue {
  private readonly lanes = new Map<string, Lane>();
  private running = 0;

  constructor(private readonly options: FairQueueOptions) {}

  /** Tasks that wait. */
  get size(): number {
    return [...this.lanes.values()].reduce((sum, lane) => sum + lane.size, 0);
  }

  /** @throws Problem `overloaded`: at once, as soon as another's task needs the place, or when it has waited too long */
  async run<T>(turn: Turn, task: () => Promise<T>): Promise<T> {
    if (this.running >= this.options.concurrency) await this.wait(turn);
    else this.running += 1;
    try {
      return await task();
    } finally {
      this.next();
    }
  }

  private async wait({ lane: name, source, tenant }: Turn): Promise<void> {
    const lane = this.lanes.get(name) ?? new Lane(this.options.limit);
    const shares = [`source ${source}`, ...(tenant === undefined ? [] : [`tenant ${tenant}`])];
    let patience: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((begin, reject) => {
        const refuse = (reason: ShedReason) => reject(this.shed(reason));
        const place = lane.enter(shares, { begin, refuse: () => refuse('displaced') });
        if (place === null) return refuse('full');
        this.lanes.set(name, lane);
        patience = setTimeout(() => {
          this.leave(name, lane, place);
          refuse('patience');
        }, this.options.patienceMs);
      });
    } finally {
      clearTimeout(patience);
    }
  }

  private leave(name: string, lane: Lane, place: Waiting): void {
    lane.leave(place);
    if (lane.size === 0) this.lanes.delete(name);
  }

  /** Gives the place of a task that ended to the next in turn. */
  private next(): void {
    const [turn] = this.lanes;
    if (!turn) {
      this.running -= 1;
      return;
    }
    const [name, lane] = turn;
    // Who had its turn goes to the end of the row.
    this.lanes.delete(name);
    const task = lane.next();
    if (lane.size > 0) this.lanes.set(name, lane);
    task?.begin();
  }

  private shed(reason: ShedReason): Problem {
    this.options.onShed?.(reason);
    return new Problem('overloaded', {
      detail: 'Too many people are signing in at this moment. Try again in a few seconds.',
      retryAfterSeconds: 2,
    });
  }
}

/**
 * The tasks of a lane that wait, by turn: start-time fair queueing (Goyal, Vin and Cheng 1996), where each task takes a
 * turn of two shares and waits for the later one.
 */
class Lane {
  private readonly tasks: Waiting[] = [];
  /** The next free turn of each share; one that lies behind `turn` says no more than none. */
  private readonly nextTurns = new Map<string, number>();
  private turn = 0;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.tasks.length;
  }

  /** Gives the task a place, perhaps that of one whose turn is later, which is refused; null where there is none. */
  enter(shares: readonly string[], { begin, refuse }: Pick<Waiting, 'begin' | 'refuse'>): Waiting | null {
    const turn = Math.max(...shares.map((share) => this.nextTurnOf(share)));
    if (this.size >= this.limit) {
      const last = this.tasks.at(-1);
      if (!last || last.turn <= turn) return null;
      this.leave(last);
      last.refuse();
    }
    const task = { turn, shares, begin, refuse };
    const after = this.tasks.findLastIndex((other) => other.turn <= turn);
    this.tasks.splice(after + 1, 0, task);
    this.forget();
    for (const share of shares) this.nextTurns.set(share, this.nextTurnOf(share) + 1);
    return task;
  }

  /** Takes the task out, which uses up no turn then. */
  leave(task: Waiting): void {
    this.tasks.splice(this.tasks.indexOf(task), 1);
    for (const share of task.shares) this.nextTurns.set(share, this.nextTurnOf(share) - 1);
  }

  next(): Waiting | undefined {
    const task = this.tasks.shift();
    if (task) this.turn = task.turn;
    return task;
  }

  private nextTurnOf(share: string): number {
    return Math.max(this.turn, this.nextTurns.get(share) ?? 0);
  }

  /** A flood from ever new sources leaves no more behind than wait. */
  private forget(): void {
    if (this.nextTurns.size < 4 * this.limit) return;
    for (const [share, turn] of this.nextTurns) if (turn <= this.turn) this.nextTurns.delete(share);
  }
}
