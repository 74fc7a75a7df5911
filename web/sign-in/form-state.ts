import type { Challenge, Completed, Outcome } from "../client.ts";

/** Why the last try did not lead on. */
type FormProblem =
  | { readonly kind: "incomplete" }
  | { readonly kind: "invalid_credentials" }
  /** `until` is a time of the page's monotonic clock, so a change of the computer's clock does not change the wait. */
  | { readonly kind: "paused"; readonly until: number }
  | { readonly kind: "refused" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "unavailable" };

export type FormState = {
  readonly email: string;
  /** Whether the password is shown as text. */
  readonly shown: boolean;
  readonly busy: boolean;
  readonly problem: FormProblem | undefined;
};

export const emptyForm: FormState = { email: "", shown: false, busy: false, problem: undefined };

export type FormAnswer =
  | { readonly kind: "problem"; readonly problem: FormProblem }
  | { readonly kind: "second_step"; readonly challenge: Challenge }
  | { readonly kind: "signed_in"; readonly value: Completed };

/**
 * Decides what follows the answer to mail and password.
 *
 * @param elapsed milliseconds of the page's monotonic clock.
 */
export function afterSignIn(outcome: Outcome<"signIn">, elapsed: number): FormAnswer {
  switch (outcome.kind) {
    case "done":
      return outcome.value.status === "second_step"
        ? { kind: "second_step", challenge: outcome.value.challenge }
        : { kind: "signed_in", value: { status: "signed_in" } };
    case "invalid_request":
      return problem({ kind: "incomplete" });
    case "too_many_attempts":
      return problem({ kind: "paused", until: elapsed + (outcome.retryAfter ?? 30) * 1000 });
    case "forbidden_origin":
      return problem({ kind: "refused" });
    case "invalid_credentials":
    case "unreachable":
      return problem({ kind: outcome.kind });
    case "busy":
    case "unavailable":
    case "unexpected":
      return problem({ kind: "unavailable" });
  }
}

const problem = (why: FormProblem): FormAnswer => ({ kind: "problem", problem: why });
