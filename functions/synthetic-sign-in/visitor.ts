export type Reply = { readonly status: number; readonly body: unknown };

/** A browser of the synthetic sign-in, or its host. Rejects where no readable answer comes in time. */
export type Visitor = {
  readonly send: (
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: object,
  ) => Promise<Reply>;
};

const timeoutMilliseconds = 5000;

export type VisitorOptions = {
  /** Without a slash at its end. */
  readonly url: string;
  /** The headers of one more request, for a caller that signs. */
  readonly headers?: (method: string, url: URL, body: string) => Readonly<Record<string, string>>;
};

/** Keeps cookies as a browser does, as far as this service sets them: a name and a value, or their end. */
export const visitorOf = ({ url, headers = () => ({}) }: VisitorOptions): Visitor => {
  const jar = new Map<string, string>();
  return {
    async send(method, path, given) {
      const target = new URL(`${url}${path}`);
      const body = given === undefined ? "" : JSON.stringify(given);
      const response = await fetch(target, {
        method,
        headers: {
          ...(body === "" ? {} : { "content-type": "application/json" }),
          ...(jar.size === 0 ? {} : { cookie: [...jar].map((pair) => pair.join("=")).join("; ") }),
          ...headers(method, target, body),
        },
        ...(body === "" ? {} : { body }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, value);
      }
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
    },
  };
};
