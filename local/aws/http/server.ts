import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { internalServerError, gatewayMessage } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { readRequest } from "./request.ts";
import type { GatewayRequest } from "./request.ts";

export type LocalServer = {
  port: number;
  /** Sets the handler. Requests that came earlier wait for this. */
  serve: (handle: Handler) => void;
  /** Sets the listener for every request that is answered from now on. */
  report: (onAnswer: OnAnswer) => void;
  /** Gives the running requests some time to end, then closes. */
  stop: () => Promise<void>;
};

/** A handler returns this instead of an answer: the connection breaks, and the caller learns nothing. */
export const HANG_UP = "hang_up";

/** `gone` aborts when the caller hangs up before it has its answer. */
type Handler = (
  request: GatewayRequest,
  gone: AbortSignal,
) => Answer | typeof HANG_UP | Promise<Answer | typeof HANG_UP>;
type OnAnswer = (request: GatewayRequest, status: number, milliseconds: number) => void;

export type ServerOptions = {
  port: number;
  onFault: (error: unknown) => void;
};

const STOP_GRACE_MS = 2000;

/** Listens on 127.0.0.1, and nowhere else. Rejects with the system's error if the port is taken. */
export async function listen({ port, onFault }: ServerOptions): Promise<LocalServer> {
  const ready = Promise.withResolvers<Handler>();
  let onAnswer: OnAnswer | undefined;
  const server = createServer((incoming, response) => {
    const began = performance.now();
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    const respond = async (): Promise<void> => {
      const request = await readRequest(incoming);
      if (request === "too_large") {
        send(response, gatewayMessage(413, "Request Entity Too Large"));
        return;
      }
      const handle = await ready.promise;
      const answer = await handle(request, gone.signal);
      if (answer === HANG_UP) {
        response.destroy();
        return;
      }
      // After `stop`, the server would wait for a connection that stays open for more requests.
      response.shouldKeepAlive &&= server.listening;
      send(response, answer);
      onAnswer?.(request, response.statusCode, performance.now() - began);
    };
    respond().catch((error: unknown) => {
      // If the caller hung up, that is not a fault of the stack.
      if (incoming.destroyed && !incoming.complete) return;
      onFault(error);
      if (response.headersSent) response.destroy();
      else send(response, internalServerError);
    });
  });
  // Longer than clients pool a connection, so that they do not write into one that is being closed.
  server.keepAliveTimeout = 65_000;
  await listenOn(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve: ready.resolve,
    report: (to) => (onAnswer = to),
    stop: () => close(server),
  };
}

function send(response: ServerResponse, { status, headers, cookies, body }: Answer): void {
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  const fields = {
    ...headers,
    // RFC 9110 §8.6: a 204 has no length.
    ...(status === 204 ? {} : { "content-length": length }),
    ...(cookies && cookies.length > 0 ? { "set-cookie": [...cookies] } : {}),
  };
  try {
    response.writeHead(status, fields);
  } catch {
    // A header that HTTP cannot carry is the function's fault.
    response
      .writeHead(internalServerError.status, internalServerError.headers)
      .end(internalServerError.body);
    return;
  }
  response.end(body);
}

/** Resolves when the server listens on the port, by default on loopback; 0 picks a free port. */
export function listenOn(server: NetServer, port: number, address = "127.0.0.1"): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
  });
}
