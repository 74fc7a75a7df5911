import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_DATA_DIRECTORY, openDataDirectory } from "./data/data-directory.ts";
import { isRefusal } from "./data/refusal.ts";
import { samEnvironment } from "./sam/sam-environment.ts";
import { startStack } from "./stack.ts";

const USAGE = `Usage: npm run backing -- [--port N] [--data DIR] [--reset]

Runs what functions need (the table, secrets, queue, state machine, SNS, event bus, Telegram, a carrier) for functions
that AWS SAM runs, and writes their environment to DIR/sam-env.json.

  --port N    where /devices answers on 127.0.0.1 (4000)
  --data DIR  where data is kept between runs (.twostep)
  --reset     start with an empty data folder`;

/** Where `sam local start-api` answers, unless told otherwise. */
const samOrigins = ["http://127.0.0.1:3000", "http://localhost:3000"];

const run = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4000" },
      data: { type: "string", default: DEFAULT_DATA_DIRECTORY },
      reset: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const dataDir = resolve(values.data);
  const stack = await startStack({
    port: Number(values.port),
    dataDir,
    reset: values.reset,
    quiet: true,
    origins: samOrigins,
  });
  const data = await openDataDirectory(dataDir);
  await data.write("sam-env.json", samEnvironment(stack.functions, stack.endpoints));
  const end = (): void => void stack.stop().finally(() => process.exit(0));
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  const [accounts = ""] = stack.functions
    .map(({ name }) => name)
    .filter((name) => /signin/i.test(name));
  const template = `--template cdk.out/Twostep.template.json --env-vars ${dataDir}/sam-env.json --docker-network host`;
  console.log(`The services are ready; ${stack.url}/devices plays the outside world.

  npm run synth
  sam local invoke ${accounts} ${template} --event events/sign-in.json
  sam local start-api ${template}
`);
};

try {
  await run();
} catch (error) {
  console.error(isRefusal(error) ? error.message : error);
  process.exitCode = 1;
}
