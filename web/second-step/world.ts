import type { Surroundings } from "../client/watch-challenge.ts";
import type { CodeMethod, Method } from "./methods.ts";
import type { State } from "./state.ts";

/** What a second step needs besides the service. */
export type World = {
  readonly surroundings: Surroundings;
  /** The key that makes it safe to repeat a completing request. It stays the same for a challenge after a reload. */
  readonly completionKey: (challengeId: string) => string;
  readonly remembered: Method | undefined;
};

export type Run = {
  /** The service's time; undefined while the page does not know it. */
  readonly now: () => number | undefined;
  readonly choose: (method: Method) => void;
  readonly change: (change: Partial<Pick<State, "numberId" | "pickingNumber" | "said">>) => void;
  readonly sendCode: (method: CodeMethod, code: string) => void;
  readonly promptTelegram: () => void;
  readonly requestCall: (numberId: string) => void;
  /** The person agrees to replace another account's session. The step that waited goes on. */
  readonly replaceSession: () => void;
  /**
   * Cancels the challenge if it is still open. Resolves after the service's answer, or after 1.5 seconds without one.
   */
  readonly cancel: () => Promise<void>;
  /** After this the run sends no request and reports no state. */
  readonly stop: () => void;
};
