import type { Context } from "../../account/account.ts";
import type { Channel } from "../../account/fallback.ts";

/** What the fallback must know of a channel. A new kind of attempt is one more row here. */
export type ChannelRules = {
  readonly digits: 4 | 6;
  /** Attempts of one fallback. */
  readonly most: number;
  /** How soon the person may ask for the next attempt. */
  readonly againSeconds: number;
  /** How long the fallback waits for news of an attempt that went out. */
  readonly gapSeconds: number;
  /** Whether the next attempt comes by itself after that. An SMS is not repeated without a request: it costs most. */
  readonly goesOnByItself: boolean;
  readonly codeSeconds: number;
  /** When the carrier is asked how an attempt went, in seconds after it: some failures are told only then. */
  readonly askedAfterSeconds: readonly number[];
};

export const channelRules = (
  channel: Channel,
  { limits: { fallback } }: Pick<Context, "limits">,
): ChannelRules => {
  switch (channel) {
    case "call":
      return {
        digits: 4,
        most: fallback.calls,
        againSeconds: fallback.callAgainSeconds,
        gapSeconds: fallback.callGapSeconds,
        goesOnByItself: true,
        codeSeconds: fallback.callCodeSeconds,
        askedAfterSeconds: [2, 6],
      };
    case "sms":
      return {
        digits: 6,
        most: fallback.sms,
        againSeconds: fallback.smsAgainSeconds,
        gapSeconds: fallback.smsGapSeconds,
        goesOnByItself: false,
        codeSeconds: fallback.smsCodeSeconds,
        askedAfterSeconds: [],
      };
  }
};
