import type { FieldError, ProblemCode } from "../contract/problems.ts";

/** What some problems tell besides their code. */
export type ProblemDetails = {
  readonly detail?: string;
  /** Seconds; also sent as `Retry-After`. */
  readonly retryAfter?: number;
  readonly attemptsLeft?: number;
  readonly clock?: { readonly offsetSeconds: number; readonly serverTime: string };
  /** `account`: whose challenge it is. `session`: who is signed in in this browser instead. */
  readonly account?: { readonly email: string };
  readonly session?: { readonly email: string };
  /** The fields that are wrong, as JSON pointers, and why. Never their values. */
  readonly errors?: readonly FieldError[];
  /** The methods that this address takes; sent as `Allow`. */
  readonly allow?: readonly string[];
};

export type Problem<Code extends ProblemCode = ProblemCode> = {
  readonly problem: Code;
  readonly details: ProblemDetails;
  readonly cookies?: readonly string[];
};

export const problem = <Code extends ProblemCode>(
  code: Code,
  details: ProblemDetails = {},
): Problem<Code> => ({ problem: code, details });
