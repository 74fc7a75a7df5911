/** How the client sends requests. */
export type Transport = {
  /** Without a slash at its end. */
  readonly api: string;
  readonly fetch: typeof globalThis.fetch;
  /** After this time a request counts as unanswered. */
  readonly timeoutSeconds: number;
};

/** The parts of one request. */
export type Given = {
  readonly id?: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
};

/** An outcome before `outcome.ts` gives it the type of its operation. */
export type Untyped = { readonly kind: string; readonly [detail: string]: unknown };

/** Sends one request and reads its answer. Rejects only if the caller's own `signal` ends the request. */
export async function send(transport: Transport, route: string, given: Given): Promise<Untyped> {
  const [method = "", path = ""] = route.split(" ");
  const { api, fetch, timeoutSeconds } = transport;
  const { id = "", body, signal, idempotencyKey } = given;
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(api + path.replace("{id}", encodeURIComponent(id)), {
      method,
      credentials: "include",
      // An answer is true only at this moment, so no HTTP cache may keep it or give an old one.
      cache: "no-store",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    return await read(response);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: "unreachable" };
  }
}

/** Reads an answer of the API. Anything else, such as a proxy's page, is `unexpected`. */
async function read(response: Response): Promise<Untyped> {
  const { status } = response;
  if (status === 204) return { kind: "done", value: undefined };
  const type = response.headers.get("content-type") ?? "";
  const value: unknown = /^application\/(problem\+)?json\b/.test(type)
    ? await response.json().catch(() => undefined)
    : undefined;
  if (response.ok && value !== undefined) return { kind: "done", value };
  return isProblem(value) ? { ...value, kind: value.code } : { kind: "unexpected", status };
}

const isProblem = (value: unknown): value is { readonly code: string } =>
  typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
