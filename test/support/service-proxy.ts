import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export type Proxy = {
  /** The address to use in place of the server's endpoint. */
  readonly endpoint: string;
  /** With true, the proxy accepts requests and never answers them; with false, it passes them on. */
  hang(hangs: boolean): void;
};

/** Starts a proxy between a client and an HTTP server, which can hang. Call this function outside tests. */
export const startProxy = async (endpoint: string): Promise<Proxy> => {
  let hanging = false;
  const server = createServer((incoming, outgoing) => {
    if (hanging) return void incoming.resume();
    const { method, headers, url } = incoming;
    const onward = request(new URL(url ?? "/", endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hang: (hangs) => void (hanging = hangs),
  };
};
