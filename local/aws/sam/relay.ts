import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { listenOn } from "../http/server.ts";

/**
 * Listens on `port` of `address`, another address of this machine, and passes each connection on to the same port of
 * 127.0.0.1. It listens there alone, so the network outside has no access. Resolves, when it listens, to a function
 * that ends it.
 */
export async function startRelay(address: string, port: number): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const onward = connect(port, "127.0.0.1");
    open.add(incoming);
    // When one side is gone, for whatever reason, the other side ends too.
    const end = (): void => {
      incoming.destroy();
      onward.destroy();
      open.delete(incoming);
    };
    for (const side of [incoming, onward]) side.on("error", end).on("close", end);
    incoming.pipe(onward).pipe(incoming);
  });
  await listenOn(server, port, address);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
}
