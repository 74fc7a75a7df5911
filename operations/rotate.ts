import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod/mini";
import { leftUnderOldKeys } from "./left-under-old-keys.ts";
import { nextStep } from "./next-step.ts";
import { secretsClient, tableNamed } from "./outside.ts";
import { registerWebhookSecret } from "./register-webhook-secret.ts";
import { rotateSecret, type Rotation } from "./rotate-secret.ts";
import { runCommand } from "./run-command.ts";

const usage = `Usage: npm run rotate -- --purpose WHAT --secret NAME_OR_ARN --step add|use|drop [--wait]

  --purpose WHAT      lookup, totp, recovery-codes, codes or telegram-webhook
  --secret ID         the secret, as the stack's outputs name it
  --step STEP         add: everybody learns a new key; use: it makes from now on; drop: the old one is gone
  --wait              wait until the step may be taken, instead of saying when
  --table NAME        to drop a key of lookup or totp: the table, to make sure that nothing needs the old key
  --bot-token ID      to use a secret of telegram-webhook: the secret with the bot's token
  --api-root URL      likewise, a Bot API server of your own (https://api.telegram.org)

docs/runbooks/rotation.md says what to expect of each.`;

const Options = z.object({
  purpose: z.enum(["lookup", "totp", "recovery-codes", "codes", "telegram-webhook"]),
  secret: z.string(),
  step: z.enum(["add", "use", "drop"]),
  wait: z._default(z.boolean(), false),
  table: z.optional(z.string()),
  "bot-token": z.optional(z.string()),
  "api-root": z._default(z.url(), "https://api.telegram.org"),
});
type Options = z.infer<typeof Options>;

function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ purpose: text, secret: text, step: text, table: text },
      ...{ "bot-token": text, "api-root": text, wait: { type: "boolean" } },
    },
  });
  const { success, data, error } = Options.safeParse(values);
  if (!success) throw new Error(z.prettifyError(error));
  return checked(data);
}

/** Checks that the options have what the step needs beside the secret. */
function checked(options: Options): Options {
  const { purpose, step, table } = options;
  if (step === "drop" && (purpose === "lookup" || purpose === "totp") && table === undefined)
    throw new Error(`To drop a key of ${purpose}, --table is needed.`);
  if (step === "use" && purpose === "telegram-webhook" && options["bot-token"] === undefined)
    throw new Error("To use a secret of telegram-webhook, --bot-token is needed.");
  return options;
}

async function run(options: Options): Promise<number> {
  const { purpose, step, secret: secretId } = options;
  const client = secretsClient();
  const mayDrop = async (keeps: string): Promise<string | undefined> => {
    if (options.table === undefined || (purpose !== "totp" && purpose !== "lookup")) return;
    const left = await leftUnderOldKeys(tableNamed(options.table), purpose, keeps);
    return left === 0
      ? undefined
      : `${left} accounts still need the old key: run re-encrypt first.`;
  };
  const deps = { client, now: Date.now, random: randomBytes };
  let rotation = await rotateSecret(deps, { secretId, step }, mayDrop);
  if (rotation.kind === "too_early" && options.wait) {
    console.log(`Waiting until ${rotation.until.toISOString()}.`);
    await setTimeout(rotation.until.getTime() - Date.now() + 1000);
    rotation = await rotateSecret(deps, { secretId, step }, mayDrop);
  }
  const good = tell(rotation, options);
  const tokenId = options["bot-token"];
  if (!good || step !== "use" || purpose !== "telegram-webhook" || tokenId === undefined)
    return good ? 0 : 1;
  const apiRoot = options["api-root"];
  const registered = await registerWebhookSecret(client, { secretId, tokenId, apiRoot });
  console.log(
    registered === "registered"
      ? "Telegram sends the new secret from now on."
      : "The bot has no webhook: nothing to tell Telegram.",
  );
  return 0;
}

function tell(rotation: Rotation, { purpose, step }: Options): boolean {
  switch (rotation.kind) {
    case "refused":
      console.error(`Nothing was changed. ${rotation.why}`);
      return false;
    case "too_early":
      console.error(`Nothing was changed. Not before ${rotation.until.toISOString()}.`);
      return false;
    case "changed":
      console.log(`Done: ${step}.`);
      break;
    case "done":
      console.log(`It was done before: ${step}.`);
  }
  console.log(nextStep(purpose, step, rotation.since));
  return true;
}

await runCommand({ usage, read: readOptions, run });
