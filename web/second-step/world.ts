import type { Surroundings } from "../client/watch-challenge.ts";
import type { CodeMethod, Method } from "./methods.ts";
import type { State } from "./state.ts";

/** What a second step needs beside the service. */
export type World = {
  readonly surroundings: Surroundings;
  /** Makes a repeat of the completing request safe; the same for a challenge after a reload too. */
  readonly completionKey: (challengeId: string) => string;
  readonly remembered: Method | undefined;
};

export type Run = {
  /** The service's time; undefined while it is not known. */
  readonly now: () => number | undefined;
  readonly choose: (method: Method) => void;
  readonly change: (change: Partial<Pick<State, "numberId" | "pickingNumber" | "said">>) => void;
  readonly sendCode: (method: CodeMethod, code: string) => void;
  readonly promptTelegram: () => void;
  readonly requestCall: (numberId: string) => void;
  /** The person agrees to lose the session of another account: what was asked about goes on. */
  readonly replaceSession: () => void;
  /** Gives the challenge up, if it still is to be answered. Resolves when the service has heard, or will not. */
  readonly cancel: () => Promise<void>;
  /** No request and no word after this. */
  readonly stop: () => void;
};
