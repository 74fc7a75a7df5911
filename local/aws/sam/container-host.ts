import { createServer } from "node:net";
import { listenOn } from "../http/server.ts";

/** How a function in a container reaches this machine, whose 127.0.0.1 is another than its own. */
export type ContainerHost = {
  /** The address or name that the function is given. */
  host: string;
  /** Where this machine must listen for that; undefined where Docker leads to its 127.0.0.1 by itself. */
  listen: string | undefined;
};

/** This machine on the bridge that Docker Engine makes on Linux, unless it is told another address. */
const ENGINE_ADDRESS = "172.17.0.1";
/** What Docker Desktop, which runs containers in a machine of its own, calls the one that a person sits at. */
const DESKTOP_NAME = "host.docker.internal";

/**
 * Finds out whether an address of containers is this machine's by listening there: the system's list of addresses leaves
 * out a bridge that no container is on yet. `wanted` is for whoever runs containers in another way.
 */
export async function findContainerHost(wanted?: string): Promise<ContainerHost> {
  const address = wanted ?? ENGINE_ADDRESS;
  if (await isOurs(address)) return { host: address, listen: address };
  return { host: wanted ?? DESKTOP_NAME, listen: undefined };
}

/** Of loopback, no: there the services listen themselves. */
async function isOurs(address: string): Promise<boolean> {
  if (!/^[\d.]+$/.test(address) || address.startsWith("127.")) return false;
  const server = createServer();
  try {
    await listenOn(server, 0, address);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
