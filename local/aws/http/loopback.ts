import type { Answer } from "./answer.ts";
import type { GatewayRequest } from "./request.ts";
import { listen } from "./server.ts";
import type { HANG_UP } from "./server.ts";
import { isFromWebPage } from "./web-page.ts";

export type LoopbackHandler = (
  request: GatewayRequest,
  gone: AbortSignal,
) => Answer | typeof HANG_UP | Promise<Answer | typeof HANG_UP>;

/** A server that plays a service on the internet. */
export type LoopbackServer = {
  endpoint: string;
  /** Sets the handler. Requests that came earlier wait for this. */
  serve: (handle: LoopbackHandler) => void;
  stop: () => Promise<void>;
};

/** Starts a loopback server on a free port, for the stack's own functions only: it refuses web pages. */
export async function startLoopback(onFault: (error: unknown) => void): Promise<LoopbackServer> {
  const server = await listen({ port: 0, onFault });
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    serve: (handle) =>
      server.serve((request, gone) =>
        isFromWebPage(request.headers) ? FORBIDDEN : handle(request, gone),
      ),
    stop: server.stop,
  };
}

const FORBIDDEN: Answer = {
  status: 403,
  headers: { "content-type": "text/plain" },
  body: "Only the local stack's own functions may call this.",
};
