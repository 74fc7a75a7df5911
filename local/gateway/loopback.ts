import type { Answer } from "./answer.ts";
import type { GatewayRequest } from "./request.ts";
import { listen } from "./server.ts";

export type LoopbackHandler = (
  request: GatewayRequest,
  gone: AbortSignal,
) => Answer | Promise<Answer>;

/** A server that stands in for a service on the internet. */
export type LoopbackServer = {
  endpoint: string;
  /** Says who answers; requests that came before wait for this. */
  serve: (handle: LoopbackHandler) => void;
  stop: () => Promise<void>;
};

/** Starts one on a free port, for the stack's own functions alone. */
export async function startLoopback(onFault: (error: unknown) => void): Promise<LoopbackServer> {
  const server = await listen({ port: 0, onFault });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    serve: (handle) =>
      server.serve((request, gone) => (isFromWebPage(request) ? FORBIDDEN : handle(request, gone))),
    stop: server.stop,
  };
}

const FORBIDDEN: Answer = {
  status: 403,
  headers: { "content-type": "text/plain" },
  body: "Only the local stack's own functions may call this.",
};

/** No web page may use these, not even under a name that it made point here. */
function isFromWebPage({ headers }: GatewayRequest): boolean {
  return headers["origin"] !== undefined || !/^127\.0\.0\.1:\d+$/.test(headers["host"] ?? "");
}
