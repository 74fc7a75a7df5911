import type { StoredItem } from "../cost/metering/metered-table.ts";

/** What a release stored: the items of its table at one time, and what people hold who go on from there. */
export type Forms = {
  /** The time at which the items were read, in milliseconds. */
  readonly at: number;
  readonly items: readonly StoredItem[];
  readonly people: Held;
};

type Account = { readonly id: string; readonly email: string; readonly password: string };
type WithApp = Account & { readonly appSecret: string };

/** The cookies, codes and tokens of each person of the story. */
export type Held = {
  /** Signed in with a password alone. */
  readonly bare: Account & { readonly session: string };
  /** Signed in; in another browser a challenge is open, with two wrong codes. */
  readonly app: WithApp & {
    readonly session: string;
    readonly challenge: string;
    readonly recoveryCodes: readonly string[];
  };
  /** Two Telegram accounts have a prompt. */
  readonly telegram: Account & {
    readonly challenge: string;
    readonly userId: number;
    readonly messageId: number;
    readonly choice: string;
  };
  /** A call is under way for a challenge, and another one confirms a second number. */
  readonly phone: WithApp & {
    readonly challenge: string;
    readonly callCode: string;
    readonly session: string;
    readonly enrolment: string;
    readonly enrolmentCode: string;
  };
  /** The host opened a challenge that is not taken yet, and has a grant that it did not redeem. */
  readonly host: WithApp & { readonly token: string; readonly grant: string };
  /** Wrong passwords have paused the owner's address. */
  readonly guessed: Account & { readonly address: string };
};
