/** A state, and what is told when it changes. */
export interface Store<State> {
  get: () => State;
  /** @returns what ends the listening */
  subscribe: (listener: (state: State, before: State) => void) => () => void;
}

/** Of a store, for its owner. */
export interface OwnStore<State> extends Store<State> {
  put: (state: State) => void;
}

export function createStore<State>(initial: State): OwnStore<State> {
  let state = initial;
  const listeners = new Set<(state: State, before: State) => void>();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put(next) {
      const before = state;
      state = next;
      for (const listener of listeners) listener(next, before);
    },
  };
}
