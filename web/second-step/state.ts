import type { Challenge, Completed } from "../client.ts";
import { firstMethod, methodShown, offered, type CodeMethod, type Method } from "./methods.ts";

/** How a second step can end without a session. */
export type Ending =
  | "denied"
  | "expired"
  | "locked"
  /** Given up here. */
  | "cancelled"
  /** Given up, or finished, in another window; nobody is signed in here. */
  | "elsewhere"
  /** This browser holds no challenge any more. */
  | "gone"
  /** The session that was to be confirmed again has ended. */
  | "signed_out";

/** The mails of the account that a link signs in, and of the one that is signed in now. */
export type AnotherSession = { readonly account: string; readonly session: string };

export type Phase =
  | { readonly kind: "pending" }
  /** Answered in Telegram: to be exchanged for a session. */
  | { readonly kind: "finishing" }
  /** Somebody else is signed in in this browser, and has to be asked before that session is replaced. */
  | ({ readonly kind: "another_session" } & AnotherSession)
  /** Over, perhaps because another window finished it: is somebody signed in? */
  | { readonly kind: "looking"; readonly otherwise: "elsewhere" | "gone" }
  /** `by`: how, where it was done here. */
  | { readonly kind: "completed"; readonly value: Completed; readonly by?: Method }
  | { readonly kind: "ended"; readonly ending: Ending };

/** What the last thing that the person did came to, where it did not lead on. Shown with its method. */
export type Said =
  | { readonly kind: "incomplete" }
  | {
      readonly kind: "wrong_code";
      readonly attemptsLeft: number;
      readonly clock?: { readonly offsetSeconds: number; readonly serverTime: string };
    }
  | { readonly kind: "code_already_used" }
  /** Codes are not read until then; undefined where only the service knows. */
  | { readonly kind: "paused"; readonly until: number | undefined }
  | { readonly kind: "too_early" }
  | { readonly kind: "no_way_left" }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "refused" };

/** A code whose answer has not come: whether it was taken is not known. */
export type Unanswered = {
  readonly method: CodeMethod;
  readonly code: string;
  /** Of the challenge when the code was sent: fewer now means that it was taken, and wrong. */
  readonly attemptsLeft: number;
  /** How often it was sent. */
  readonly tries: number;
};

export type State = {
  readonly phase: Phase;
  readonly challenge: Challenge;
  readonly chosen: Method | undefined;
  /** The phone number that was picked, and whether another one is being picked after a call. */
  readonly numberId: string | undefined;
  readonly pickingNumber: boolean;
  /** A request that the person made is under way. */
  readonly busy: boolean;
  readonly said: { readonly method: Method; readonly what: Said } | undefined;
  readonly unanswered: Unanswered | undefined;
  readonly connection: "up" | "unreachable" | "unavailable" | "back";
};

/** The state that a challenge opens with. */
export const opened = (challenge: Challenge, remembered: Method | undefined): State => ({
  phase: phaseOf(challenge),
  challenge,
  chosen: firstMethod(challenge, remembered),
  numberId: undefined,
  pickingNumber: false,
  busy: false,
  said: undefined,
  unanswered: undefined,
  connection: "up",
});

/** Where a challenge stands by its own status. */
export const phaseOf = ({ status }: Challenge): Phase => {
  switch (status) {
    case "pending":
      return { kind: "pending" };
    case "approved":
      return { kind: "finishing" };
    case "cancelled":
      return { kind: "ended", ending: "elsewhere" };
    case "denied":
    case "expired":
    case "locked":
      return { kind: "ended", ending: status };
  }
};

/** What is on the screen. */
export type View =
  | { readonly kind: "method"; readonly method: Method; readonly others: readonly Method[] }
  /** The account can use no method now. */
  | { readonly kind: "no_method" }
  | { readonly kind: "finishing" }
  | ({ readonly kind: "another_session" } & AnotherSession)
  | { readonly kind: "ended"; readonly ending: Ending };

export const viewOf = ({ phase, challenge, chosen }: State): View => {
  switch (phase.kind) {
    case "ended":
    case "another_session":
      return phase;
    case "finishing":
    case "looking":
    case "completed":
      return { kind: "finishing" };
    case "pending": {
      const method = methodShown(challenge, chosen);
      if (!method) return { kind: "no_method" };
      return { kind: "method", method, others: offered(challenge).filter((one) => one !== method) };
    }
  }
};

/** The person picks another method: what was said of the last one is not of this one. */
export const choose = (state: State, method: Method): State => ({
  ...state,
  chosen: method,
  said: undefined,
  unanswered: undefined,
});

export const say = (state: State, method: Method, what: Said): State => ({
  ...state,
  busy: false,
  said: { method, what },
});
