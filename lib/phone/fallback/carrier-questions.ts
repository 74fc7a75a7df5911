import type { Context } from "../../account/account.ts";
import type { Send } from "../../account/fallback.ts";
import { channelRules } from "./channel-rules.ts";
import type { FallbackStep } from "./step.ts";

/** The step of listening, with the machine's wait until the carrier is asked next how the attempt went. */
export const withQuestions = <Step extends FallbackStep>(
  step: Step,
  { reference, at }: Pick<Send, "reference" | "at">,
  context: Context,
): Step => {
  if (step.kind !== "listen" || reference === null) return step;
  const elapsed = (context.now - at) / 1000;
  const { askedAfterSeconds } = channelRules(step.channel, context);
  const next = askedAfterSeconds.find((seconds) => seconds > elapsed);
  if (next === undefined) return step;
  const waitSeconds = Math.min(Math.ceil(next - elapsed), step.listenSeconds - 1);
  return { ...step, waitSeconds, listenSeconds: step.listenSeconds - waitSeconds };
};
