import { createClient, type Client, type Operation } from "../../../web/client.ts";
import { operations } from "../../../web/client/operations.ts";

type Reply = { readonly status: number; readonly body?: object } | "no answer";
type Call = { readonly name: Operation; readonly body: unknown; readonly key: string | null };

export type FakeClient = {
  readonly client: Client;
  /** What was asked, in order. */
  readonly calls: readonly Call[];
  readonly names: () => readonly Operation[];
  /** What an operation answers from now on; the last of several for good. */
  readonly answer: (name: Operation, ...replies: readonly Reply[]) => void;
};

export const ok = (body: object): Reply => ({ status: 200, body });
export const refuse = (status: number, code: string, details: object = {}): Reply => ({
  status,
  body: { code, status, ...details },
});

/** The real client over a wire that the test holds. */
export function fakeClient(): FakeClient {
  const replies = new Map<string, Reply[]>();
  const calls: Call[] = [];
  const nameOf = (route: string) =>
    (Object.keys(operations) as Operation[]).find((name) => {
      const [before = "", after] = operations[name].split("{id}");
      return after === undefined
        ? before === route
        : route.startsWith(before) &&
            route.endsWith(after) &&
            !route.slice(before.length, -after.length || undefined).includes("/");
    });
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    if (typeof url !== "string") throw new TypeError("the client asks by text");
    await Promise.resolve();
    init.signal?.throwIfAborted();
    const name = nameOf(`${init.method ?? "GET"} ${url}`);
    if (!name) throw new TypeError(`no such operation: ${url}`);
    const key = new Headers(init.headers).get("idempotency-key");
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    calls.push({ name, body, key });
    const waiting = replies.get(name) ?? [];
    const reply = waiting.length > 1 ? waiting.shift() : waiting[0];
    if (!reply || reply === "no answer") throw new TypeError("fetch failed");
    return reply.body
      ? Response.json(reply.body, { status: reply.status })
      : new Response(null, { status: reply.status });
  };
  return {
    client: createClient({ fetch }),
    calls,
    names: () => calls.map(({ name }) => name),
    answer: (name, ...given) => {
      replies.set(name, [...given]);
    },
  };
}
