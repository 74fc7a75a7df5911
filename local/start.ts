import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isRefusal } from "./data/refusal.ts";
import { DEFAULT_DATA_DIRECTORY } from "./data/data-directory.ts";
import { startStack } from "./stack.ts";
import type { Stack } from "./stack.ts";

const USAGE = `Usage: npm start -- [--port N] [--data DIR] [--reset] [--quiet]

  --port N    where to listen on 127.0.0.1 (4000); 0 picks a free port
  --data DIR  where data is kept between runs (.twostep)
  --reset     start with an empty data folder
  --quiet     print nothing but the line that says it is ready`;

type Options = { port: number; dataDir: string; reset: boolean; quiet: boolean };

function readOptions(args: string[]): Options | "help" | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string", default: "4000" },
        data: { type: "string", default: DEFAULT_DATA_DIRECTORY },
        reset: { type: "boolean", default: false },
        quiet: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    const port = Number(values.port);
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
      throw new Error(`--port needs a number from 0 to 65535, not "${values.port}".`);
    if (values.data === "") throw new Error("--data needs a folder.");
    return { port, dataDir: resolve(values.data), reset: values.reset, quiet: values.quiet };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}

function announce({ url, demo }: Stack, { dataDir, quiet }: Options): void {
  console.log(`Twostep is ready at ${url}`);
  if (quiet) return;
  const signIn = JSON.stringify({ email: demo.email, password: demo.password });
  console.log(`
Demo account: ${demo.email}, password ${demo.password}

Try:
  curl ${url}/v1/time
  curl -i -c cookies.txt -H 'content-type: application/json' -d '${signIn}' ${url}/v1/sign-in
  curl -b cookies.txt ${url}/v1/session
  curl -d '{"advanceSeconds":600}' ${url}/devices/api/clock

Data is kept in ${dataDir}. Stop with Ctrl-C.
`);
}

async function run(options: Options): Promise<void> {
  const starting = startStack({ ...options, warm: true });
  const end = (): void => {
    // Before it is ready there is nothing to save: every state on disk can be started from.
    void Promise.race([starting, Promise.resolve(undefined)])
      .then((stack) => stack?.stop())
      .finally(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  announce(await starting, options);
}

const options = readOptions(process.argv.slice(2));
if (!options) process.exit(2);
if (options === "help") {
  console.log(USAGE);
  process.exit(0);
}
try {
  await run(options);
} catch (error) {
  console.error(isRefusal(error) ? error.message : error);
  process.exit(1);
}
