import { createStore, type Store } from './store.ts';

/** What every step that sends something has. */
export interface Attempt<Problem> {
  /** An answer is awaited. */
  readonly pending: boolean;
  /** Why the last attempt was refused. */
  readonly problem: Problem | null;
}

interface MachineState {
  readonly step: string;
  readonly pending?: boolean;
  /** Unix time in milliseconds by this device's clock, at which the step is over. */
  readonly deadlineMs?: number;
}

interface Machine<State> extends Store<State> {
  put: (state: State) => void;
  /**
   * Sends something, one at a time: while an answer is awaited nothing else is sent.
   *
   * @param waiting what is shown meanwhile
   * @param work    gives the next step
   * @param refused gives it where `work` fails
   * @returns the step that it came to; the present one where nothing was sent, or it was given up
   */
  run: (
    waiting: State,
    work: (signal: AbortSignal) => Promise<State>,
    refused: (error: unknown) => State,
  ) => Promise<State>;
  /** Gives up what is under way: everything is as it was before. */
  abort: () => void;
}

interface MachineOptions<State> {
  initial: State;
  /** Where a step goes when its time is over; an answer that is awaited then is still believed. */
  over: State;
  /** Whether what is under way is given up when nobody looks any more. */
  abortsUnwatched: boolean;
}

/**
 * Steps that follow one another while somebody looks. A listener that is taken away and put back at once, as React's
 * StrictMode does, has not gone.
 */
export function createMachine<State extends MachineState>(options: MachineOptions<State>): Machine<State> {
  const store = createStore(options.initial);
  const { get } = store;
  let current: { controller: AbortController; before: State } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watching = 0;

  const watchDeadline = (): void => {
    clearTimeout(timer);
    const { deadlineMs } = get();
    if (deadlineMs === undefined || current || watching === 0) return;
    const leftMs = deadlineMs - Date.now();
    if (leftMs <= 0) store.put(options.over);
    else timer = setTimeout(watchDeadline, leftMs);
  };
  const put = (state: State): void => {
    store.put(state);
    watchDeadline();
  };
  const abort = (): void => {
    if (!current) return;
    const { before, controller } = current;
    current = null;
    controller.abort();
    put(before);
  };
  const leave = (): void => {
    if (watching > 0) return;
    clearTimeout(timer);
    if (options.abortsUnwatched) abort();
  };

  return {
    get,
    subscribe(listener) {
      const unsubscribe = store.subscribe(listener);
      watching += 1;
      watchDeadline();
      return () => {
        unsubscribe();
        watching -= 1;
        setTimeout(leave);
      };
    },
    put,
    abort,
    async run(waiting, work, refused) {
      if (current) return get();
      const mine = { controller: new AbortController(), before: get() };
      current = mine;
      put(waiting);
      const next = await work(mine.controller.signal).catch(refused);
      if (current !== mine) return get();
      current = null;
      put(next);
      return get();
    },
  };
}
