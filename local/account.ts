import { randomBytes, randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { parseJson } from "./aws/data/parse-json.ts";
import { refusal } from "./aws/data/refusal.ts";
import { endOnFault } from "./end-process.ts";
import { startStack } from "./stack.ts";
import { DEFAULT_DATA_DIRECTORY } from "./twostep/data.ts";
import { putAccount } from "./twostep/put-account.ts";
import { findRunning } from "./twostep/running.ts";

const USAGE = `Usage: npm run account -- create MAIL [--password-stdin] [--data DIR]

  --password-stdin  read the password from standard input; without it, one is made and printed
  --data DIR        the data folder of the stack (.twostep)`;

const Problem = z.object({
  title: z.string(),
  code: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
});

type Options = { email: string; passwordFromStdin: boolean; dataDir: string };

function readOptions(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        "password-stdin": { type: "boolean", default: false },
        data: { type: "string", default: DEFAULT_DATA_DIRECTORY },
      },
    });
    const [command, email, ...more] = positionals;
    if (command !== "create" || email === undefined || more.length > 0)
      throw new Error("There is one command: create MAIL.");
    if (values.data === "") throw new Error("--data needs a folder.");
    return { email, passwordFromStdin: values["password-stdin"], dataDir: resolve(values.data) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}

async function create({ email, passwordFromStdin, dataDir }: Options): Promise<void> {
  const password = passwordFromStdin
    ? (await text(process.stdin)).replace(/\r?\n$/, "")
    : randomBytes(15).toString("base64url");
  if (password === "") throw refusal("The password on standard input is empty.");

  const id = randomUUID();
  const result = await withStack(dataDir, (url) => putAccount(url, { id, email, password }));
  if (result.kind === "refused") throw refusal(`The account was not made: ${reasonOf(result)}`);
  console.log(JSON.stringify({ id, email, ...(passwordFromStdin ? {} : { password }) }));
}

/** The service gives the reason in a problem (RFC 9457), the gateway in its own words. */
function reasonOf({ status, body }: { status: number; body: string }): string {
  const parsed = Problem.safeParse(parseJson(body));
  if (!parsed.success) return `${status} ${body}`;
  const { title, detail, code, errors } = parsed.data;
  const fields = errors?.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`).join("; ");
  return `${fields ?? detail ?? title} (${code})`;
}

/** Uses the stack that runs on this data. If none runs, it starts one and stops it afterwards. */
async function withStack<Result>(
  dataDir: string,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const running = await findRunning(dataDir);
  if (running) return use(running.url);
  const stack = await startStack({ port: 0, dataDir, quiet: true });
  try {
    return await use(stack.url);
  } finally {
    await stack.stop();
  }
}

const options = readOptions(process.argv.slice(2));
if (!options) process.exit(2);
process.on("uncaughtException", endOnFault);
await create(options);
