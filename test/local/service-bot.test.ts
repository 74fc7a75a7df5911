import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Api } from "grammy";
import { expect, onTestFinished, test } from "vitest";
import { startStack } from "../../local/stack.ts";
import { aFolder } from "./support/folder.ts";
import { counts } from "./support/queue.ts";

test("the service's own set-up introduces the bot of the project's own template", async () => {
  const dataDir = await aFolder();
  const stack = await startStack({ port: 0, dataDir, quiet: true });
  onTestFinished(stack.stop);
  const secrets = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Record<
    string,
    { value: string }
  >;
  const token = Object.values(secrets).find(({ value }) => /^\d{10}:/.test(value))?.value ?? "";
  const api = new Api(token, { apiRoot: stack.endpoints.telegram });
  expect(await api.getWebhookInfo()).toMatchObject({
    url: `${stack.url}/v1/telegram/webhook`,
    pending_update_count: 0,
    allowed_updates: ["message", "callback_query", "my_chat_member"],
  });
  expect(await api.getMyCommands({ language_code: "uk" })).toContainEqual(
    expect.objectContaining({ command: "help" }),
  );
  expect(await counts(stack.url)).toMatchObject({ waiting: 0, inFlight: 0, delayed: 0, dead: 0 });
});
