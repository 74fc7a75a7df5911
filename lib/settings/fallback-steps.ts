/** How a fallback attempt reaches a phone. */
export type FallbackChannel = "call" | "sms";

/** The names by which the state machine knows what comes next: send by a channel, listen for news of it, or end. */
export type FallbackStepName = FallbackChannel | `listen_${FallbackChannel}` | "over";
