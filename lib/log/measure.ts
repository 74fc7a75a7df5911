/**
 * A number that operators watch. Dimensions have few values each, none of them anybody's: no account, number, address
 * or mail.
 */
export type Measure = { readonly value: number; readonly unit: "Count" | "Seconds" | "None" } & (
  | {
      readonly name: "PasswordTried";
      readonly dimensions: { readonly outcome: "right" | "wrong" | "paused" };
    }
  | { readonly name: "ChallengeOpened"; readonly dimensions: { readonly purpose: string } }
  | {
      readonly name: "ChallengeEnded";
      /** `method` is "none" where nothing was proved. */
      readonly dimensions: { readonly outcome: string; readonly method: string };
    }
  /** From the password to the completed second step. */
  | { readonly name: "SecondFactorTime"; readonly dimensions: { readonly method: string } }
  | { readonly name: "WrongCode"; readonly dimensions: { readonly method: string } }
  /** A challenge whose owner asked for a call for the first time. */
  | { readonly name: "FallbackStarted"; readonly dimensions: Readonly<Record<string, string>> }
  | {
      readonly name: "FallbackAttempt";
      readonly dimensions: {
        readonly channel: string;
        readonly carrier: string;
        readonly outcome: string;
      };
    }
  /** A carrier did not do its work; which one stands in the log, so that one alarm watches all of them. */
  | { readonly name: "CarrierFailed"; readonly dimensions: Readonly<Record<string, string>> }
  /** US dollars by the price table, before the send. */
  | { readonly name: "SendCost"; readonly dimensions: { readonly channel: string } }
  | { readonly name: "BudgetSpent"; readonly dimensions: { readonly budget: string } }
  | { readonly name: "TelegramPrompted"; readonly dimensions: { readonly outcome: string } }
  /** From asking to the sender that has it; a delayed queue's own age says nothing. */
  | { readonly name: "TelegramWait"; readonly dimensions: Readonly<Record<string, string>> }
  /** Telegram does not know the bot's token. */
  | { readonly name: "TelegramTokenRefused"; readonly dimensions: Readonly<Record<string, string>> }
  /** An entry of recent activity that the event bus did not take. */
  | { readonly name: "ActivityLost"; readonly dimensions: Readonly<Record<string, string>> }
  /** A secret that could not be read anew: what was read before goes on being used. */
  | { readonly name: "SecretNotRefreshed"; readonly dimensions: Readonly<Record<string, string>> }
  /** A request that was answered with 503 because something failed. */
  | { readonly name: "Fault"; readonly dimensions: { readonly route: string } }
);

/** The measure of one more of these. */
export const one = <Name extends Measure["name"]>(
  name: Name,
  dimensions: Extract<Measure, { readonly name: Name }>["dimensions"],
) => ({ name, value: 1, unit: "Count", dimensions }) as Extract<Measure, { readonly name: Name }>;
