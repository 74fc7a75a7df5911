import type { Outcome } from "../client/outcome.ts";

type Answer = Extract<Outcome<"readSession">, { kind: "done" }>["value"];

/** The state of the whole page: loading, the sign-in, the panel, or a message that the service does not answer. */
export type Page =
  | { readonly kind: "loading" | "signed_out" | "unreachable" }
  | { readonly kind: "signed_in"; readonly answer: Answer };

/**
 * Decides what to show from the outcome of `GET /v1/session`. A host's token in the address comes first: a person who
 * follows such a link wants to sign in by it, even if somebody is already signed in here.
 */
export function pageOf(outcome: Outcome<"readSession">, fragment: string): Page {
  if (/^#(challenge|session)=/.test(fragment)) return { kind: "signed_out" };
  switch (outcome.kind) {
    case "done":
      return { kind: "signed_in", answer: outcome.value };
    case "unauthenticated":
      return { kind: "signed_out" };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unreachable":
    case "unexpected":
      return { kind: "unreachable" };
  }
}
