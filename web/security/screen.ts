import type { Client, SecurityView } from "../client.ts";
import type { Language } from "../language.ts";
import type { Flow, Task } from "./flow.ts";
import type { State } from "./state.ts";
import type { Texts } from "./texts/en.ts";

/** Everything that the element knows and shows. The drawing functions take the whole screen and change nothing. */
export type Screen = State & {
  readonly view: SecurityView;
  /** The service's time, in milliseconds. */
  readonly now: number;
  readonly language: Language;
  readonly client: Client;
  readonly texts: Texts;
  readonly actions: Actions;
};

export type Actions = {
  readonly open: (flow: Flow, opener: string) => void;
  readonly close: () => void;
  readonly perform: (task: Task) => void;
  readonly reauthenticate: (password: string) => void;
  readonly reauthenticated: () => void;
  readonly reauthenticationOver: () => void;
  readonly endSessions: (id?: string) => void;
  readonly copy: (text: string) => void;
  readonly print: (codes: readonly string[]) => void;
  readonly save: (saved: boolean) => void;
};
