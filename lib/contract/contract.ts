import type * as z from "zod/mini";
import type { ProblemCode } from "./problems.ts";

/** What a caller must hold for a route; the stack checks it before the handler runs. */
export type Credential =
  | "none"
  /** The challenge cookie. */
  | "challenge"
  /** The session cookie. */
  | "session"
  /** The session cookie, and a full authentication in the last ten minutes. */
  | "fresh_session"
  /** An IAM signature, checked by the gateway. */
  | "host";

/**
 * One route of the HTTP API. Handlers parse and answer by it, `openapi.yaml` is generated from it, and tests go through
 * all of them. A handler whose answer is not written here does not compile.
 */
export type Contract = {
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly credential: Credential;
  /** The answer gives the session a new token. The same request, sent again, may come with the token before it. */
  readonly renewsSession?: true;
  /** The request is good once: the same request with the same `Idempotency-Key`, sent again, gets the same answer. */
  readonly repeatable?: true;
  readonly body?: z.ZodMiniType;
  /** Answers by status; null: no body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  /** Problems beside those that the stack itself answers, see `stackProblems`. */
  readonly problems: readonly ProblemCode[];
  /** Made-up values for `openapi.yaml`. */
  readonly examples: {
    readonly body?: unknown;
    readonly answers: Readonly<Record<number, unknown>>;
  };
};

/** Checks a contract and keeps its literal types. */
export const contract = <const C extends Contract>(given: C): C => given;

/** The problems that every route of this kind can answer, whatever its handler does. */
export const stackProblems = ({ credential, method, path }: Contract): ProblemCode[] => [
  "busy",
  "unavailable",
  // A route without a body has these too: if a request sends a body, the stack reads it and refuses it unless it is
  // empty.
  ...(method === "GET"
    ? path.startsWith("/v1/accounts/{id}")
      ? (["invalid_request"] as const)
      : []
    : ([
        "forbidden_origin",
        "invalid_request",
        "invalid_json",
        "unsupported_media_type",
        "payload_too_large",
      ] as const)),
  ...(credential === "challenge" ? (["no_challenge"] as const) : []),
  ...(credential === "session" || credential === "fresh_session"
    ? (["unauthenticated"] as const)
    : []),
  ...(credential === "fresh_session" ? (["reauthentication_required"] as const) : []),
  ...(path.includes("{") ? (["not_found"] as const) : []),
];
