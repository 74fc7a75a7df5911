import type { State } from "./state.ts";

/** The one value that changes while the page is open. */
export type Store = {
  readonly get: () => State;
  readonly update: (change: (state: State) => State) => void;
};

/** `onChange` gets the new and the earlier state at every change. */
export function createStore(first: State, onChange: (now: State, before: State) => void): Store {
  let state = first;
  return {
    get: () => state,
    update: (change) => {
      const before = state;
      state = change(before);
      if (state !== before) onChange(state, before);
    },
  };
}
