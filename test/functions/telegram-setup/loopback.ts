import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export type Received = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};
export type Reply = { status: number; body: string } | "hang" | "hang up";

/**
 * A server on a loopback port for as long as the test runs; what it answers is asked for each request. `onGone` is told when whoever
 * was left hanging gave up.
 */
export async function aServer(
  reply: (request: Received) => Reply,
  onGone: () => void = () => undefined,
): Promise<string> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = "", url: path = "", headers } = request;
      const answer = reply({ method, path, headers, body });
      if (answer === "hang") response.on("close", onGone);
      else if (answer === "hang up") response.destroy();
      else response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The address of a server that is gone. */
export async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
