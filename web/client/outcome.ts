import type * as z from "zod/mini";
import type { Contract } from "../../lib/contract/contract.ts";
import type { ProblemDetails } from "../../lib/http/problem.ts";
import type { ProblemCode } from "../../lib/contract/problems.ts";
import type { Contracts, Operation } from "./operations.ts";

/**
 * The outcome of a request: `done` with the answer's body, a problem of this operation with its stable code as `kind`,
 * or one of two cases that only the browser sees (`Unanswered`). Switch on `kind`; the compiler names missing cases.
 */
export type Outcome<Name extends Operation> =
  | { readonly kind: "done"; readonly value: Value<Contracts[Name]> }
  | Refusal<Problems<Contracts[Name]>>
  | Unanswered;

/** A problem of the service. `retryAfter` is in seconds; a 429 and a 503 always have it. */
export type Refusal<Code extends ProblemCode = ProblemCode> = Code extends ProblemCode
  ? { readonly kind: Code; readonly requestId?: string } & ProblemDetails
  : never;

export type Unanswered =
  /**
   * No answer: the browser is offline, the server is down, or the answer took too long. The browser does not know
   * whether the service carried out the request.
   */
  | { readonly kind: "unreachable" }
  /** The answer does not come from this API: a proxy's page or a gateway's refusal. */
  | { readonly kind: "unexpected"; readonly status: number };

/** Whether the outcome tells nothing of a decision of the service, so that the caller can only ask again. */
export const isUnanswered = ({ kind }: { readonly kind: string }): boolean =>
  ["unreachable", "busy", "unavailable", "unexpected", "too_many_attempts"].includes(kind);

/** The body of a success; undefined if it has none. */
type Value<C extends Contract> = {
  [Status in keyof C["answers"]]: C["answers"][Status] extends z.ZodMiniType
    ? z.output<C["answers"][Status]>
    : undefined;
}[keyof C["answers"]];

type Problems<C extends Contract> =
  | C["problems"][number]
  | "busy"
  | "unavailable"
  | "too_many_attempts"
  | (C["method"] extends "GET" ? never : "forbidden_origin" | "invalid_request")
  | (C["path"] extends `${string}{${string}` ? "not_found" : never)
  | (C["credential"] extends "challenge" ? "no_challenge" : never)
  | (C["credential"] extends "session" | "fresh_session" ? "unauthenticated" : never)
  | (C["credential"] extends "fresh_session" ? "reauthentication_required" : never);
