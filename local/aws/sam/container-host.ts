import { createServer } from "node:net";
import { listenOn } from "../http/server.ts";

/** How a function in a container reaches this machine. A container's 127.0.0.1 is the container itself. */
export type ContainerHost = {
  /** The address or name that the function calls. */
  host: string;
  /** The address on which this machine must listen; undefined if Docker leads to its 127.0.0.1 by itself. */
  listen: string | undefined;
};

/** This machine's address on the bridge that Docker Engine makes on Linux, unless Docker is told another one. */
const ENGINE_ADDRESS = "172.17.0.1";
/** Docker Desktop runs containers in a machine of its own, and gives this name to the machine around it. */
const DESKTOP_NAME = "host.docker.internal";

/**
 * Listens on the containers' address to find out whether it is this machine's: the system's list of addresses leaves
 * out a bridge that has no container yet. `wanted` names another address, for other ways to run containers.
 */
export async function findContainerHost(wanted?: string): Promise<ContainerHost> {
  const address = wanted ?? ENGINE_ADDRESS;
  if (await isOurs(address)) return { host: address, listen: address };
  return { host: wanted ?? DESKTOP_NAME, listen: undefined };
}

/** Whether the address is this machine's. False for loopback, because the services listen there themselves. */
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
