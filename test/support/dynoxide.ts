import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createItemsTable, type ItemsTable } from "./items-table.ts";

const binary = fileURLToPath(
  new URL("../../node_modules/@dynoxide/linux-x64/dynoxide", import.meta.url),
);

/** dynoxide is an optional dependency: npm does not install it on machines for which it has no build. */
export const dynoxideIsInstalled = existsSync(binary);

/** Starts another, independently written DynamoDB with the one table: as a process, in memory. */
export async function startDynoxide(): Promise<ItemsTable> {
  const port = await freePort();
  const child = spawn(binary, ["--port", String(port)], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  await listening(port);
  return createItemsTable(`http://127.0.0.1:${port}`, async () => {
    process.off("exit", kill);
    kill();
    await ended;
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await answers(port)) return;
    await setTimeout(10);
  }
  throw new Error(`dynoxide does not listen on ${port}.`);
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
