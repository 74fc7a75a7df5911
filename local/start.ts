import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { refusal } from "./aws/data/refusal.ts";
import type { RealTelegram } from "./devices/telegram/real/call-telegram.ts";
import { endOnFault, endOnSignal } from "./end-process.ts";
import type { Stack } from "./stack.ts";
import { DEFAULT_DATA_DIRECTORY } from "./twostep/data.ts";

const USAGE = `Usage: npm start -- [--port N] [--data DIR] [--reset] [--quiet]

  --port N    where to listen on 127.0.0.1 (4000); 0 picks a free port
  --data DIR  where data is kept between runs (.twostep)
  --reset     start with an empty data folder
  --quiet     print nothing but the line that says it is ready

With TELEGRAM_BOT_TOKEN in the environment the real Telegram is used, by long polling; TELEGRAM_API_ROOT names
a Bot API server of your own.`;

const TELEGRAM = "https://api.telegram.org";

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

/** The real Telegram, if the environment has a bot's token. */
function readTelegram(env: NodeJS.ProcessEnv): RealTelegram | undefined {
  const token = env["TELEGRAM_BOT_TOKEN"]?.trim() ?? "";
  if (token === "") return undefined;
  // The token becomes part of a URL.
  if (!/^[1-9]\d*:[\w-]+$/.test(token))
    throw refusal(
      "TELEGRAM_BOT_TOKEN is not a bot's token. @BotFather gives one such as 123456789:AA…",
    );
  const apiRoot = (env["TELEGRAM_API_ROOT"]?.trim() ?? "").replace(/\/+$/, "") || TELEGRAM;
  if (!URL.canParse(apiRoot) || !/^https?:$/.test(new URL(apiRoot).protocol))
    throw refusal(`TELEGRAM_API_ROOT must be a URL such as ${TELEGRAM}.`);
  return { token, apiRoot };
}

function announce({ url, demo, telegram }: Stack, { dataDir, quiet }: Options): void {
  console.log(`Twostep is ready at ${url}`);
  if (quiet) return;
  const signIn = JSON.stringify({ email: demo.email, password: demo.password });
  console.log(`
Panel: open ${url} in a browser
Demo account: ${demo.email}, password ${demo.password}
Telegram: ${telegram}
Phones: every number rings on this machine
Devices: ${url}/devices is the other hand, with Telegram, calls, SMS, an authenticator app, the clock, and what goes wrong

Try:
  curl ${url}/v1/time
  curl -i -c cookies.txt -H 'content-type: application/json' -d '${signIn}' ${url}/v1/sign-in
  curl -b cookies.txt ${url}/v1/session
  curl -d '{"advanceSeconds":600}' ${url}/devices/api/clock

Data is kept in ${dataDir}. Stop with Ctrl-C.
`);
}

async function run(options: Options): Promise<void> {
  // Before the stack is ready there is nothing to save: a start is possible from every state on disk.
  let stop: Stack["stop"] = () => Promise.resolve();
  endOnSignal(() => stop());
  const telegram = readTelegram(process.env);
  // The import is here, because loading this module takes long, and a signal is heard only after `endOnSignal`.
  const { startStack } = await import("./stack.ts");
  const stack = await startStack({
    ...options,
    warm: true,
    schedules: true,
    ...(telegram ? { telegram } : {}),
  });
  stop = stack.stop;
  announce(stack, options);
}

const options = readOptions(process.argv.slice(2));
if (!options) process.exit(2);
if (options === "help") {
  console.log(USAGE);
  process.exit(0);
}
process.on("uncaughtException", endOnFault);
await run(options);
