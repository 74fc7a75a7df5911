import type { Outcome } from "../client/outcome.ts";

type Answer = Extract<Outcome<"readSession">, { kind: "done" }>["value"];

/** What the whole page is: still asking, the entrance, the panel, or an apology. */
export type Page =
  | { readonly kind: "loading" | "signed_out" | "unreachable" }
  | { readonly kind: "signed_in"; readonly answer: Answer };

/**
 * What to show by what `GET /v1/session` came to. A token of a host's in the address comes first: whoever follows such a
 * link wants to be let in by it, whoever was signed in here before.
 */
export function pageOf(outcome: Outcome<"readSession">, fragment: string): Page {
  if (fragment.startsWith("#challenge=")) return { kind: "signed_out" };
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
