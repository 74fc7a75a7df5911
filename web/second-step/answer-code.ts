import type { Client, Outcome } from "../client.ts";
import type { CodeMethod } from "./methods.ts";

export type CodeOutcome = Outcome<"answerTotp" | "answerPhoneCode" | "answerRecoveryCode">;

/** Sends a code to the route of its method. */
export function answerCode(
  client: Client,
  method: CodeMethod,
  input: {
    readonly body: { readonly code: string; readonly replaceSession?: true };
    readonly idempotencyKey: string;
    readonly signal: AbortSignal;
  },
): Promise<CodeOutcome> {
  switch (method) {
    case "totp":
      return client.answerTotp(input);
    case "phone":
      return client.answerPhoneCode(input);
    case "recoveryCode":
      return client.answerRecoveryCode(input);
  }
}
