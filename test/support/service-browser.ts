import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Contract } from "../../lib/contract/contract.ts";
import type { HttpRequest } from "./service-gateway.ts";
import type { StorageCall } from "./service-storage.ts";

export const panelOrigin = "https://panel.example.com";

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  /** The body as the service sent it. */
  readonly text: string;
  readonly body: unknown;
  /** The `code` of a problem. */
  readonly code: string | undefined;
  readonly calls: readonly StorageCall[];
  readonly contract: Contract | undefined;
};

/** The parts that may differ from an ordinary request of a page. */
export type Sending = {
  /** A body to send as JSON. */
  readonly json?: unknown;
  readonly body?: string;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Cookies in place of those in the jar. */
  readonly cookies?: readonly string[];
};

type CookieName = "__Host-session" | "__Host-challenge";

export type Browser = {
  readonly ip: string;
  send(method: string, path: string, sending?: Sending): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, json?: unknown, headers?: Sending["headers"]): Promise<Reply>;
  put(path: string, json: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
  /** `name=value` as the browser would send it. Throws if the jar does not have the cookie. */
  cookie(name: CookieName): string;
  has(name: CookieName): boolean;
  /** Another browser with the same cookies, as a thief of the cookies has it. */
  copy(): Browser;
};

type Deliver = (request: HttpRequest) => Promise<Reply>;

/**
 * A browser with a cookie jar. It keeps a cookie past its Max-Age, as a hostile browser would, so that tests check the
 * service's own expiry. It drops the cookies that the service clears.
 */
export const browserOf = (
  deliver: Deliver,
  ip: string,
  given: Readonly<Record<string, string>>,
  jar: Map<string, string> = new Map(),
): Browser => {
  const send = async (method: string, path: string, sending: Sending = {}) => {
    const body = sending.json === undefined ? sending.body : JSON.stringify(sending.json);
    const headers: Record<string, string | undefined> = {
      ...given,
      ...(method !== "GET" && { origin: panelOrigin }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...sending.headers,
    };
    const reply = await deliver({
      method,
      path,
      headers: Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
      cookies: sending.cookies ?? [...jar].map(([name, value]) => `${name}=${value}`),
      ...(body !== undefined && { body }),
      base64: sending.base64 ?? false,
      ip,
    });
    for (const cookie of reply.setCookies) store(jar, cookie);
    return reply;
  };
  return {
    ip,
    send,
    get: (path) => send("GET", path),
    post: (path, json, headers) => send("POST", path, { json, ...(headers && { headers }) }),
    put: (path, json) => send("PUT", path, { json }),
    delete: (path) => send("DELETE", path),
    cookie(name) {
      const value = jar.get(name);
      if (value === undefined) throw new Error(`The browser has no ${name}.`);
      return `${name}=${value}`;
    },
    has: (name) => jar.has(name),
    copy: () => browserOf(deliver, ip, given, new Map(jar)),
  };
};

const store = (jar: Map<string, string>, cookie: string) => {
  const [pair = "", ...attributes] = cookie.split("; ");
  const [name = "", value = ""] = pair.split("=");
  if (attributes.includes("Max-Age=0")) jar.delete(name);
  else jar.set(name, value);
};

/** A function's result as a client sees it. */
export const replyOf = (
  result: APIGatewayProxyStructuredResultV2,
  seen: Pick<Reply, "calls" | "contract">,
): Reply => {
  const text = result.body ?? "";
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return {
    ...seen,
    status: result.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(result.headers ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    ),
    setCookies: result.cookies ?? [],
    text,
    body,
    code: typeof body === "object" && body && "code" in body ? String(body.code) : undefined,
  };
};
