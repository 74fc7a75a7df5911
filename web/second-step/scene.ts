import type { Language } from "../language.ts";
import type { Method } from "./methods.ts";
import type { Said, State } from "./state.ts";
import type { Texts } from "./texts/texts.ts";
import type { Run } from "./world.ts";

/** All that a view is made from. */
export type Scene = {
  readonly state: State;
  readonly texts: Texts;
  readonly language: Language;
  /** The service's time; undefined while it is not known. */
  readonly now: number | undefined;
  readonly run: Run;
  readonly startAgain: () => void;
  /** It is somebody else's sign-in. */
  readonly notMe: () => void;
  /** The session that this browser has stays. */
  readonly stay: () => void;
};

/** What was said of this method. */
export const saidOf = ({ state: { said } }: Scene, method: Method): Said | undefined =>
  said?.method === method ? said.what : undefined;
