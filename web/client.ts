import type * as z from "zod/mini";
import type { Contract } from "../lib/contract/contract.ts";
import { operations, type Contracts, type Operation } from "./client/operations.ts";
import type { Outcome } from "./client/outcome.ts";
import { send, type Given, type Transport } from "./client/send.ts";
import { withStepKeys } from "./client/step-keys.ts";

export type { Operation } from "./client/operations.ts";
export type { Outcome, Refusal, Unanswered } from "./client/outcome.ts";
export type { Challenge, Completed, Enrolment, SecurityView, Sent } from "./client/views.ts";

type Params<C extends Contract> = C["path"] extends `${string}{id}${string}`
  ? { readonly id: string }
  : unknown;
type Body<C extends Contract> = C["body"] extends z.ZodMiniType
  ? object extends z.input<C["body"]>
    ? { readonly body?: z.input<C["body"]> }
    : { readonly body: z.input<C["body"]> }
  : unknown;

/** The input of an operation: `id` if its path has one, `body` if it takes one. */
export type Input<Name extends Operation> = Params<Contracts[Name]> &
  Body<Contracts[Name]> & {
    readonly signal?: AbortSignal;
    /**
     * Makes it safe to repeat a request whose answer was lost: the same key within a minute gets the same answer again,
     * not a refusal. Give a key to requests that take or complete a challenge. `step-keys.ts` lists the operations that
     * get a key by themselves.
     */
    readonly idempotencyKey?: string;
  };

/**
 * The HTTP API as functions. They return failures of the network and of the service as an `Outcome` and do not throw.
 */
export type Client = {
  readonly [Name in Operation]: object extends Input<Name>
    ? (input?: Input<Name>) => Promise<Outcome<Name>>
    : (input: Input<Name>) => Promise<Outcome<Name>>;
};

export type ClientOptions = Partial<Transport>;

/**
 * Creates a client of the service at `api`: an origin, a path, or empty for the page's own origin. The client sends
 * cookies, which are `SameSite=Lax`, so the API must belong to the same site as the page.
 */
export function createClient({
  api = "",
  fetch = globalThis.fetch.bind(globalThis),
  timeoutSeconds = 15,
}: ClientOptions = {}): Client {
  const transport = { api: api.replace(/\/+$/, ""), fetch, timeoutSeconds };
  const routes: Readonly<Record<string, string>> = operations;
  const sent = withStepKeys((name, given) => send(transport, routes[name] ?? "", given));
  const calls = Object.keys(routes).map((name) => [name, (given: Given = {}) => sent(name, given)]);
  // The compiler checked that the table has every operation and that each one answers by its contract.
  return Object.fromEntries(calls) as Client;
}
