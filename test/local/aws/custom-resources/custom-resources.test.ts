import { expect, test, vi } from "vitest";
import { aBot } from "../../support/bot.ts";
import { logged } from "../../support/people.ts";
import { aStack } from "../../support/stack.ts";

test("a custom resource is created at the first start and updated at the next, as CloudFormation does", async () => {
  const first = await aStack(aBot());
  const [created] = await logged(first.url, "event", 1);
  const properties = {
    ServiceToken: "arn:aws:lambda:us-east-1:000000000000:function:SetUp",
    WebhookUrl: `${first.url}/v1/telegram/webhook`,
    BotUsername: "twostep_local_bot",
    ServiceTimeout: "180",
  };
  expect(created?.["event"]).toEqual({
    RequestType: "Create",
    ServiceToken: properties.ServiceToken,
    ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//) as string,
    StackId: expect.stringMatching(/^arn:aws:cloudformation:/) as string,
    RequestId: expect.any(String) as string,
    LogicalResourceId: "Registration",
    ResourceType: "Custom::TelegramBot",
    ResourceProperties: properties,
  });
  await first.stop();

  const second = await aStack(aBot(), { dataDir: first.dataDir });
  const [updated] = await logged(second.url, "event", 1);
  expect(updated?.["event"]).toMatchObject({
    RequestType: "Update",
    PhysicalResourceId: "bot",
    OldResourceProperties: properties,
    ResourceProperties: { WebhookUrl: `${second.url}/v1/telegram/webhook` },
  });
});

const failing = (body: string) => {
  const bot = aBot();
  return {
    ...bot,
    functions: {
      ...bot.functions,
      SetUp: { code: `exports.handler = async (event) => {${body}};` },
    },
  };
};

test.each([
  [
    "says why",
    `await fetch(event.ResponseURL, { method: "PUT", body: JSON.stringify({
      ...event, Status: "FAILED", Reason: "no such bot", PhysicalResourceId: "bot" }) });`,
    "Registration (Custom::TelegramBot): no such bot",
  ],
  ["says nothing", "", "Registration (Custom::TelegramBot): its function ended without an answer"],
  [
    "throws",
    `throw new Error("broken");`,
    "Registration (Custom::TelegramBot): its function failed; see the log",
  ],
])("a custom resource that %s is told of, and the stack runs", async (_, body, sentence) => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { url } = await aStack(failing(body));
  expect(error.mock.calls).toEqual([[sentence]]);
  error.mockRestore();
  expect((await fetch(`${url}/devices/api/clock`)).status).toBe(200);
});
