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
  /** A carrier failed. The log names it; the measure does not, so that one alarm watches all carriers. */
  | { readonly name: "CarrierFailed"; readonly dimensions: Readonly<Record<string, string>> }
  /** US dollars by the price table, measured before the send. */
  | { readonly name: "SendCost"; readonly dimensions: { readonly channel: string } }
  | { readonly name: "BudgetSpent"; readonly dimensions: { readonly budget: string } }
  | { readonly name: "TelegramPrompted"; readonly dimensions: { readonly outcome: string } }
  /** From the save of a prompt to the sender that takes it. The queue's own age says nothing: jobs are delayed. */
  | { readonly name: "TelegramWait"; readonly dimensions: Readonly<Record<string, string>> }
  /** Telegram does not know the bot's token. */
  | { readonly name: "TelegramTokenRefused"; readonly dimensions: Readonly<Record<string, string>> }
  /** The event bus did not take an entry of recent activity. */
  | { readonly name: "ActivityLost"; readonly dimensions: Readonly<Record<string, string>> }
  /** A secret could not be read again. The function goes on with the value that it read before. */
  | { readonly name: "SecretNotRefreshed"; readonly dimensions: Readonly<Record<string, string>> }
  /** A fault, for which a request got the answer 503. */
  | { readonly name: "Fault"; readonly dimensions: { readonly route: string } }
);

/** The measure that counts one more. */
export const one = <Name extends Measure["name"]>(
  name: Name,
  dimensions: Extract<Measure, { readonly name: Name }>["dimensions"],
) => ({ name, value: 1, unit: "Count", dimensions }) as Extract<Measure, { readonly name: Name }>;
