import { mkdir, readdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { aBot } from "../../support/bot.ts";
import { aFolder } from "../../support/folder.ts";
import { aPerson, logged, post, storedToken } from "../../support/people.ts";
import { run } from "../../support/process.ts";
import { aStack } from "../../support/stack.ts";

// Another stack's fake plays the real Telegram.

async function aTelegram() {
  const { url, endpoints, dataDir, stop } = await aStack(aBot({ setUp: false }));
  return { url, stop, real: { token: await storedToken(dataDir), apiRoot: endpoints.telegram } };
}

async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

test("with a real bot, updates are polled and handed to the webhook with the secret", async () => {
  const telegram = await aTelegram();
  await fetch(
    `${telegram.real.apiRoot}/bot${telegram.real.token}/setWebhook?url=http://127.0.0.1:1/`,
  );
  const ann = await aPerson(telegram.url);
  await ann.send("before");
  const stack = await aStack(aBot(), { telegram: telegram.real });
  expect(stack.telegram).toContain("the real one, with the bot @twostep_local_bot");
  expect(await ann.seen(1)).toMatchObject([{ text: "You wrote 6 characters" }]);
  await ann.send("hello");
  const [, { id } = { id: 0 }] = await ann.seen(2);
  expect(await ann.tap(id, "47")).toMatchObject({ body: { notice: "Got a" } });
  const [line] = await logged(stack.url, "update", 1);
  expect(line?.["secret"]).toMatch(/^[A-Za-z0-9]{64}$/);
  // Nobody here plays real people, and the token is on no disk.
  expect((await fetch(`${stack.url}/devices/api/telegram/users`)).status).toBe(404);
  await stack.stop();
  expect(await filesOf(stack.dataDir)).not.toContain(telegram.real.token);
});

test("what a function prints of the token is hidden", async () => {
  const { real } = await aTelegram();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const code = `exports.handler = async (event) => {
    const at = "http://telegram/bot" + ${JSON.stringify(real.token)} + "/getMe";
    console.log(JSON.stringify({ at }));
    throw new Error(at);
  };`;
  const stack = await aStack(aBot({ code }), { telegram: real });
  await fetch(`${stack.url}/v1/telegram/webhook`, { method: "POST" });
  const log = await (await fetch(`${stack.url}/devices/api/log`)).text();
  const printed = said.mock.calls.join("\n");
  said.mockRestore();
  for (const text of [log, printed]) {
    expect(text).toContain("http://telegram/bot…/getMe");
    expect(text).not.toContain(real.token);
  }
});

test("an update that the webhook refuses is handed over again, before later ones", async () => {
  const telegram = await aTelegram();
  const stack = await aStack(aBot(), { telegram: telegram.real });
  const ann = await aPerson(telegram.url);
  await ann.send("fail 1");
  await ann.send("after");
  await ann.seen(2);
  const updates = await logged(stack.url, "update", 3);
  expect(
    updates.map(({ update }) => (update as { message: { text: string } }).message.text),
  ).toEqual(["fail 1", "fail 1", "after"]);
});

test("what keeps updates from coming is said once, and polling goes on", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const telegram = await aTelegram();
  await aStack(aBot(), { telegram: telegram.real });
  const ann = await aPerson(telegram.url);
  await ann.send("hello");
  await ann.seen(1);
  await post(`${telegram.url}/devices/api/telegram/faults`, {
    faults: [{ status: 500 }, { status: 502 }],
  });
  // The poll under way ends by this, to which the bot says nothing; the next polls meet the faults.
  await ann.block(true);
  await vi.waitFor(() => expect(said).toHaveBeenCalledTimes(2), 15_000);
  const host = new URL(telegram.real.apiRoot).host;
  expect(said.mock.calls.flat()).toEqual([
    "Telegram gives no updates (500 Internal Server Error). It is tried again until it works.",
    `Telegram at ${host} answers again.`,
  ]);
  said.mockRestore();
});

async function aClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const TOKEN = `123456789:AA${"s3cr3t-".repeat(5).slice(0, 33)}`;
const start = (dataDir: string, environment: Record<string, string>) =>
  run("local/start.ts", ["--port", "0", "--data", dataDir], "", environment);

test("a Telegram that cannot be reached is said and tried again, and Ctrl-C ends it at once", async () => {
  const dataDir = join(await aFolder(), "data");
  await mkdir(dataDir);
  const nobody = await aClosedPort();
  const { child, ended } = start(dataDir, {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${nobody}/`,
  });
  let said = "";
  child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
  await vi.waitFor(() => expect(said).toContain("Trying again in 2 s"), 20_000);
  expect(said).toContain(`Telegram at 127.0.0.1:${nobody} cannot be reached (ECONNREFUSED).`);
  const began = performance.now();
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ended;
  expect(performance.now() - began).toBeLessThan(2000);
  expect(code).toBe(0);
  expect(stdout + stderr + (await filesOf(dataDir))).not.toContain("s3cr3t");
});

test("a token that Telegram does not know, or that is none, is refused in a sentence", async () => {
  const { real } = await aTelegram();
  const unknown = await start(join(await aFolder(), "a"), {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: real.apiRoot,
  }).ended;
  expect(unknown).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^Telegram does not know the token .*\(401 Unauthorized\).*\n$/,
    ) as string,
  });
  const none = await start(join(await aFolder(), "b"), { TELEGRAM_BOT_TOKEN: "s3cr3t/../" }).ended;
  expect(none).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^TELEGRAM_BOT_TOKEN is not a bot's token/) as string,
  });
  expect(unknown.stderr + none.stderr).not.toContain("s3cr3t");
});
