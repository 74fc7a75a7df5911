import type { Challenge, Completed } from "../client.ts";
import { firstMethod, methodShown, offered, type CodeMethod, type Method } from "./methods.ts";

/** The ways in which a second step can end without a session. */
export type Ending =
  | "denied"
  | "expired"
  | "locked"
  /** The person gave up here. */
  | "cancelled"
  /** The person gave up, or finished, in another window. Nobody is signed in here. */
  | "elsewhere"
  /** This browser holds no challenge any more. */
  | "gone"
  /** The session that the reauthentication was for has ended. */
  | "signed_out";

/** Two mails: `account` is the one that the link signs in; `session` is the one that is signed in now. */
export type AnotherSession = { readonly account: string; readonly session: string };

export type Phase =
  | { readonly kind: "pending" }
  /** The challenge is approved, for example in Telegram. The page exchanges it for a session. */
  | { readonly kind: "finishing" }
  /** Another account is signed in in this browser. The page asks before it replaces that session. */
  | ({ readonly kind: "another_session" } & AnotherSession)
  /** The challenge is over. The page looks for a session, in case another window finished the challenge. */
  | { readonly kind: "looking"; readonly otherwise: "elsewhere" | "gone" }
  /** `by`: the method, if this page completed the challenge. */
  | { readonly kind: "completed"; readonly value: Completed; readonly by?: Method }
  | { readonly kind: "ended"; readonly ending: Ending };

/** The result of the person's last action, if it did not lead on. The page shows it with its method. */
export type Said =
  | { readonly kind: "incomplete" }
  | {
      readonly kind: "wrong_code";
      readonly attemptsLeft: number;
      readonly clock?: { readonly offsetSeconds: number; readonly serverTime: string };
    }
  | { readonly kind: "code_already_used" }
  /** The service reads no codes before `until`; undefined if the page does not know the time. */
  | { readonly kind: "paused"; readonly until: number | undefined }
  | { readonly kind: "too_early" }
  | { readonly kind: "no_way_left" }
  | { readonly kind: "method_unavailable" }
  /** Nobody knows the code of the call, so the typed one was not compared. */
  | { readonly kind: "code_unavailable" }
  | { readonly kind: "refused" };

/** A code whose answer has not come. The page does not know whether the service took it. */
export type Unanswered = {
  readonly method: CodeMethod;
  readonly code: string;
  /**
   * The challenge's count when the page sent the code. A smaller count now means that the code arrived and was wrong.
   */
  readonly attemptsLeft: number;
  /** How often the page has sent it. */
  readonly tries: number;
};

export type State = {
  readonly phase: Phase;
  readonly challenge: Challenge;
  readonly chosen: Method | undefined;
  /** `numberId` is the number that the person picked. `pickingNumber`: they pick another one after a call or an SMS. */
  readonly numberId: string | undefined;
  readonly pickingNumber: boolean;
  /** A request that the person made is under way. */
  readonly busy: boolean;
  readonly said: { readonly method: Method; readonly what: Said } | undefined;
  readonly unanswered: Unanswered | undefined;
  readonly connection: "up" | "unreachable" | "unavailable" | "back";
};

/** The first state of a challenge. */
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

/** The phase that follows from a challenge's status. */
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

/** What the screen shows. */
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

/** The person picks another method. The message about the last method goes. */
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
