import type { Language } from "../language.ts";
import type { Method } from "./methods.ts";
import type { Said, State } from "./state.ts";
import type { Texts } from "./texts/texts.ts";
import type { Run } from "./world.ts";

/** Everything that a view needs. */
export type Scene = {
  readonly state: State;
  readonly texts: Texts;
  readonly language: Language;
  /** The service's time; undefined while the page does not know it. */
  readonly now: number | undefined;
  readonly run: Run;
  readonly startAgain: () => void;
  /** The person says that the sign-in belongs to somebody else. */
  readonly notMe: () => void;
  /** The person keeps the session that this browser has. */
  readonly stay: () => void;
};

/** The message about this method. */
export const saidOf = ({ state: { said } }: Scene, method: Method): Said | undefined =>
  said?.method === method ? said.what : undefined;
