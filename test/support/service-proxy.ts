import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export type Proxy = {
  /** Where to send what is meant for `endpoint`. */
  readonly endpoint: string;
  /** From now on requests are swallowed: taken, and never answered. */
  hang(hangs: boolean): void;
};

/** Stands between a client and an HTTP server, and hangs when told to; call it outside tests. */
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
