import { expect, test } from "vitest";
import { aBotApi, refusal } from "./bot-api-server.ts";
import { nobody } from "./loopback.ts";
import { runSetup, webhookUrl } from "./run-setup.ts";

test("a stack that goes takes its webhook along", async () => {
  const api = await aBotApi();
  api.state.webhookUrl = webhookUrl;
  const { answer } = await runSetup({ type: "Delete", wanted: { ApiRoot: api.url } });
  expect(answer?.Status).toBe("SUCCESS");
  expect(api.methods()).toEqual(["getWebhookInfo", "deleteWebhook"]);
  expect(api.state.webhookUrl).toBe("");
});

test.each(["", "https://other-stack.example.com/v1/telegram/webhook"])(
  "a webhook that is not the stack's own (%j) is left alone",
  async (url) => {
    const api = await aBotApi();
    api.state.webhookUrl = url;
    const { answer } = await runSetup({ type: "Delete", wanted: { ApiRoot: api.url } });
    expect(answer?.Status).toBe("SUCCESS");
    expect(api.methods()).toEqual(["getWebhookInfo"]);
  },
);

test.each([
  ["without a username", { BotUsername: "" }, undefined],
  ["without a token", {}, () => Promise.resolve("unset-put-the-token-of-the-bot-here")],
])("a stack %s goes without a word to Telegram", async (_, wanted, botToken) => {
  const api = await aBotApi();
  const { answer } = await runSetup({
    type: "Delete",
    wanted: { ApiRoot: api.url, ...wanted },
    ...(botToken && { botToken }),
  });
  expect(answer?.Status).toBe("SUCCESS");
  expect(api.calls).toEqual([]);
});

const failing = {
  "refuses connections": nobody,
  "does not know the token": async () => (await aBotApi(() => refusal(401, "Unauthorized"))).url,
  "is broken": async () => (await aBotApi(() => refusal(500, "Internal Server Error"))).url,
  hangs: async () => (await aBotApi(() => "hang")).url,
  "hangs up": async () => (await aBotApi(() => "hang up")).url,
};

test.each(Object.entries(failing))(
  "a stack can be destroyed while Telegram %s, and the log says that the webhook may be left",
  async (_, root) => {
    const { answer, logged } = await runSetup({
      type: "Delete",
      wanted: { ApiRoot: await root() },
      remainingMs: 2500,
    });
    expect(answer?.Status).toBe("SUCCESS");
    expect(answer?.Data?.Status).toMatch(/^The webhook may still be set\./);
    expect(logged).toContainEqual(expect.objectContaining({ message: "telegram_setup_fault" }));
  },
);

test("a stack can be destroyed without its secret, and with properties that were never right", async () => {
  const refused = () => Promise.reject(new Error("AccessDenied"));
  const api = await aBotApi();
  const wanted = { ApiRoot: api.url };
  const secret = await runSetup({ type: "Delete", wanted, botToken: refused });
  expect(secret.answer?.Status).toBe("SUCCESS");
  const wrong = await runSetup({ type: "Delete", wanted: { ApiRoot: "nonsense" } });
  expect(wrong.answer?.Status).toBe("SUCCESS");
});
