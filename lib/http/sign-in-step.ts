/** The steps of a sign-in that people wait for. */
type SignInStep = "password" | "second_step" | "telegram_answer";

const steps: ReadonlyMap<string, SignInStep> = new Map([
  ["POST /v1/sign-in", "password"],
  ["POST /v1/challenge/open", "second_step"],
  ["POST /v1/challenge/telegram", "second_step"],
  ["POST /v1/challenge/totp", "second_step"],
  ["POST /v1/challenge/call", "second_step"],
  ["POST /v1/challenge/code", "second_step"],
  ["POST /v1/challenge/recovery-code", "second_step"],
  ["POST /v1/challenge/complete", "second_step"],
  ["POST /v1/telegram/webhook", "telegram_answer"],
]);

/**
 * Returns the step of a sign-in that a route serves; undefined for any other route. Few routes are counted: each has a
 * metric that costs money, and polls would hide the faults of the requests that matter.
 */
export const signInStepOf = (routeKey: string): SignInStep | undefined => steps.get(routeKey);
