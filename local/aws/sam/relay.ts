import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { listenOn } from "../http/server.ts";

/**
 * Makes what listens on a port of 127.0.0.1 answer on the same port of another address of this machine too, and there alone:
 * the network that the machine is on stays out. Resolves, when it does, to what ends that.
 */
export async function startRelay(address: string, port: number): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const onward = connect(port, "127.0.0.1");
    open.add(incoming);
    // One side that is gone, for whatever reason, is the end of both.
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
