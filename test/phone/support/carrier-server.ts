import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export type Asked = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type Respond = (asked: Asked, response: ServerResponse) => void;

/** A carrier (or SNS) on a loopback port, which answers as it is told and remembers what it was asked. */
export const aCarrierServer = async (respond: Respond) => {
  const asked: Asked[] = [];
  let [connections, underWay] = [0, 0];
  const server = createServer((request, response) => {
    underWay += 1;
    response.on("close", () => (underWay -= 1));
    const url = new URL(request.url ?? "", "http://carrier");
    text(request).then(
      (body) => {
        const question = { method: request.method ?? "", url, headers: request.headers, body };
        asked.push(question);
        respond(question, response);
      },
      () => response.destroy(),
    );
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(stop);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    connections: () => connections,
    /** How many answers somebody still waits for. */
    underWay: () => underWay,
    stop,
  };
};

export const json =
  (body: unknown, status = 200): Respond =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

/** The answers one after the other, the last one for ever. */
export const inOrder = (...responds: readonly [Respond, ...Respond[]]): Respond => {
  const left = [...responds];
  return (asked, response) => {
    const respond = left.length > 1 ? left.shift() : left[0];
    respond?.(asked, response);
  };
};

export const hang: Respond = () => undefined;

/** One byte of an answer that would be good every 50 ms, for ever. */
export const drip: Respond = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const dripping = setInterval(() => response.write(" "), 50);
  response.on("close", () => clearInterval(dripping));
};
