import type * as z from "zod/mini";
import type { Contract } from "../../lib/contract/contract.ts";
import type { ProblemDetails } from "../../lib/http/problem.ts";
import type { ProblemCode } from "../../lib/contract/problems.ts";
import type { Contracts, Operation } from "./operations.ts";

/**
 * What came of a request: `done` with the answer's body, a problem that this operation can have, under its stable code,
 * or one of two things that only a browser knows. Switch on `kind`; the compiler says which ones are missing.
 */
export type Outcome<Name extends Operation> =
  | { readonly kind: "done"; readonly value: Value<Contracts[Name]> }
  | Refusal<Problems<Contracts[Name]>>
  | Unanswered;

/** A problem of the service. `retryAfter` in seconds, always there for 429 and 503. */
export type Refusal<Code extends ProblemCode = ProblemCode> = Code extends ProblemCode
  ? { readonly kind: Code; readonly requestId?: string } & ProblemDetails
  : never;

export type Unanswered =
  /** No answer: offline, the server is down, or it took too long. Whether the request was carried out is not known. */
  | { readonly kind: "unreachable" }
  /** An answer that is not of this API: a page of a proxy, a refusal of a gateway. */
  | { readonly kind: "unexpected"; readonly status: number };

/** Whether to ask again is all there is to say: nobody here knows of a decision. */
export const isUnanswered = ({ kind }: { readonly kind: string }): boolean =>
  ["unreachable", "busy", "unavailable", "unexpected", "too_many_attempts"].includes(kind);

/** The body of a success; undefined where there is none. */
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
