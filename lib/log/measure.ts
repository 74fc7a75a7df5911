/**
 * A number that the operator watches. Each dimension has few values, and none of them identifies a person: no account,
 * number, address or mail.
 */
export type Measure = { readonly value: number; readonly unit: "Count" | "Seconds" | "None" } & (
  | {
      readonly name: "PasswordTried";
      readonly dimensions: { readonly outcome: "right" | "wrong" | "paused" };
    }
  | { readonly name: "ChallengeOpened"; readonly dimensions: { readonly purpose: string } }
  | {
      readonly name: "ChallengeEnded";
      /** `method` is "none" if nothing was proved. */
      readonly dimensions: { readonly outcome: string; readonly method: string };
    }
  /** From the password to the completed second step. */
  | { readonly name: "SecondFactorTime"; readonly dimensions: { readonly method: string } }
  | { readonly name: "WrongCode"; readonly dimensions: { readonly method: string } }
  /** The first fallback attempt of a challenge was requested. */
  | { readonly name: "FallbackStarted"; readonly dimensions: Readonly<Record<string, string>> }
  | {
      readonly name: "FallbackAttempt";
      readonly dimensions: {
        readonly channel: string;
        readonly carrier: string;
        readonly outcome: string;
      };
    }
  /** A failure of the carrier and not of the number, see `failure`. */
  | { readonly name: "CarrierFailed"; readonly dimensions: { readonly carrier: string } }
  /** A call that its carrier took and then reported as failed, see `failure`. A call whose code was typed did arrive. */
  | { readonly name: "CallUndelivered"; readonly dimensions: Readonly<Record<string, string>> }
  /** An SMS that was not taken, or without an answer, for a reason that is not the number's, see `failure`. */
  | { readonly name: "SmsFailed"; readonly dimensions: Readonly<Record<string, string>> }
  /** US dollars by the price table, over all channels, measured once a send may have gone out. */
  | { readonly name: "SendCost"; readonly dimensions: Readonly<Record<string, string>> }
  | { readonly name: "BudgetSpent"; readonly dimensions: { readonly budget: string } }
  | { readonly name: "TelegramPrompted"; readonly dimensions: { readonly outcome: string } }
  /** A prompt that did not go out, see `failure`. A chat that blocked the bot is no failure. */
  | { readonly name: "TelegramFailed"; readonly dimensions: Readonly<Record<string, string>> }
  /** From the save of a prompt to the sender that takes it. The queue's own age says nothing: jobs are delayed. */
  | { readonly name: "TelegramWait"; readonly dimensions: Readonly<Record<string, string>> }
  /** An update with the right secret that is malformed or too large. */
  | {
      readonly name: "TelegramUpdateDropped";
      readonly dimensions: Readonly<Record<string, string>>;
    }
  /** Telegram does not know the bot's token. */
  | { readonly name: "TelegramTokenRefused"; readonly dimensions: Readonly<Record<string, string>> }
  /** An entry of recent activity that the event bus did not take, see `failure`. */
  | { readonly name: "ActivityLost"; readonly dimensions: Readonly<Record<string, string>> }
  /** A secret that could not be read again, see `failure`. The function goes on with the value that it read before. */
  | { readonly name: "SecretNotRefreshed"; readonly dimensions: Readonly<Record<string, string>> }
  /** A read or save of an account that the table did not answer, see `failure`. */
  | { readonly name: "StoreFault"; readonly dimensions: Readonly<Record<string, string>> }
  /** A request of a sign-in that got the answer 503, see `failure` and `sign-in-step.ts`. */
  | { readonly name: "SignInFault"; readonly dimensions: { readonly step: string } }
  /** A sign-in that the service makes itself on a schedule, see `failure`. */
  | {
      readonly name: "SyntheticSignInFailed";
      readonly dimensions: Readonly<Record<string, string>>;
    }
  /** From its password to its sign-out. */
  | {
      readonly name: "SyntheticSignInTime";
      readonly dimensions: Readonly<Record<string, string>>;
    }
  /** A fault, for which a request got the answer 503. */
  | { readonly name: "Fault"; readonly dimensions: { readonly route: string } }
);

/** The measure that counts one more. */
export const one = <Name extends Measure["name"]>(
  name: Name,
  dimensions: Extract<Measure, { readonly name: Name }>["dimensions"],
) => ({ name, value: 1, unit: "Count", dimensions }) as Extract<Measure, { readonly name: Name }>;

/**
 * The measure of something that either works or fails: 1 for a failure and 0 for the rest. Its average is the share that
 * fails, so one metric is enough for an alarm of any deployment's size.
 */
export const failure = <Name extends FailureName>(
  name: Name,
  failed: boolean,
  dimensions: Extract<Measure, { readonly name: Name }>["dimensions"],
) =>
  ({ name, value: failed ? 1 : 0, unit: "Count", dimensions }) as Extract<
    Measure,
    { readonly name: Name }
  >;

type FailureName =
  | "TelegramFailed"
  | "CarrierFailed"
  | "CallUndelivered"
  | "SmsFailed"
  | "ActivityLost"
  | "SecretNotRefreshed"
  | "StoreFault"
  | "SignInFault"
  | "SyntheticSignInFailed";
