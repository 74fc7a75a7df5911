import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { refusal } from "./aws/data/refusal.ts";
import { isNoPagesName } from "./aws/http/web-page.ts";
import { findContainerHost } from "./aws/sam/container-host.ts";
import { startRelay } from "./aws/sam/relay.ts";
import { portsOf, samEnvironment } from "./aws/sam/sam-environment.ts";
import { stacks } from "../twostep.config.ts";
import { endOnFault, endOnSignal } from "./end-process.ts";
import { startStack } from "./stack.ts";
import { DEFAULT_DATA_DIRECTORY, openData, SAM_ENVIRONMENT } from "./twostep/data.ts";
import { localStackName } from "./twostep/local-stacks.ts";
import { samCommands } from "./twostep/sam-commands.ts";

const USAGE = `Usage: npm run backing -- [--port N] [--host HOST] [--data DIR] [--reset]

Runs what functions need (the table, secrets, queue, state machine, SNS, event bus, Telegram, a carrier) for functions
that AWS SAM runs, and writes their environment to DIR/sam-env.json.

  --port N     where /devices answers on 127.0.0.1 (4000)
  --host HOST  this machine as a container sees it: an IPv4 address, or a name that ends in .internal
               (172.17.0.1, Docker Engine's, where that is this machine, else host.docker.internal)
  --data DIR   where data is kept between runs (.twostep)
  --reset      start with an empty data folder`;

/** The default addresses of `sam local start-api`, and the origin of the requests in events/. */
const origins = ["http://127.0.0.1:3000", "http://localhost:3000", "https://panel.example.com"];

const run = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4000" },
      host: { type: "string" },
      data: { type: "string", default: DEFAULT_DATA_DIRECTORY },
      reset: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.host !== undefined && !isNoPagesName(values.host))
    throw refusal(
      `${values.host} is neither an IPv4 address nor a name that ends in .internal: the services answer under no other.`,
    );
  // Before the stack is ready there is nothing to save.
  let stop = (): Promise<void> => Promise.resolve();
  endOnSignal(() => stop());
  const { host, listen } = await findContainerHost(values.host);
  const dataDir = resolve(values.data);
  const stack = await startStack({
    port: Number(values.port),
    dataDir,
    reset: values.reset,
    quiet: true,
    origins,
  });
  const ports = listen === undefined ? [] : portsOf(stack.endpoints);
  const relays = await Promise.all(ports.map((port) => startRelay(host, Number(port)))).catch(
    async (error: unknown) => {
      await stack.stop();
      throw error;
    },
  );
  const data = await openData(dataDir);
  await data.write(SAM_ENVIRONMENT, samEnvironment(stack.functions, stack.endpoints, host));
  stop = async () => {
    await Promise.all(relays.map((end) => end()));
    await stack.stop();
  };
  const commands = samCommands(relative("", dataDir), localStackName(stacks));
  console.log(`The services are ready, for containers at ${host}; ${stack.url}/devices plays the outside world.

${commands.map((each) => `  ${each}\n`).join("")}`);
};

process.on("uncaughtException", endOnFault);
await run();
