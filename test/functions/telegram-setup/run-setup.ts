import { expect } from "vitest";
import * as z from "zod";
import { customResource } from "../../../lib/runtime/custom-resource.ts";
import { keepBot } from "../../../functions/telegram-setup/keep-bot.ts";
import { token } from "./bot-api-server.ts";
import { aServer, type Received, type Reply } from "./loopback.ts";

export const webhookUrl = "https://api.example.com/v1/telegram/webhook";
export const webhookSecret = "A".repeat(64);

type Properties = {
  WebhookUrl: string;
  BotUsername: string;
  ApiRoot: string;
  Languages?: string;
};
export type Run = {
  type: "Create" | "Update" | "Delete";
  wanted: Partial<Properties> & { ApiRoot: string };
  /** The properties of before an update, where they differ. */
  before?: Partial<Properties>;
  botToken?: () => Promise<string>;
  /** How CloudFormation's storage takes the answers, one after the other; afterwards well. */
  taken?: Reply[];
  remainingMs?: number;
};

const Answer = z.strictObject({
  Status: z.enum(["SUCCESS", "FAILED"]),
  Reason: z.optional(z.string()),
  PhysicalResourceId: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  Data: z.optional(z.strictObject({ Status: z.string() })),
});

const about = {
  ServiceToken: "arn:aws:lambda:eu-central-1:123456789012:function:telegram-setup",
  StackId: "arn:aws:cloudformation:eu-central-1:123456789012:stack/Twostep/1",
  RequestId: "request-1",
  LogicalResourceId: "TelegramBotRegistration",
  ResourceType: "Custom::TelegramBot",
};

/** The event that CloudFormation sends. */
export const anEvent = ({ type, wanted, before }: Run, responseUrl: string) => {
  const properties = { WebhookUrl: webhookUrl, BotUsername: "example_bot", ...wanted };
  return {
    RequestType: type,
    ResponseURL: responseUrl,
    ...about,
    ...(type === "Create" ? {} : { PhysicalResourceId: "telegram-bot" }),
    ResourceProperties: { ServiceToken: about.ServiceToken, ...properties },
    ...(type === "Update" && { OldResourceProperties: { ...properties, ...before } }),
  };
};

/** Runs the function as CloudFormation does, and makes sure that nothing secret shows anywhere. */
export async function runSetup(run: Run) {
  const received: Received[] = [];
  const logged: unknown[] = [];
  const storage = await aServer((request) => {
    received.push(request);
    return run.taken?.[received.length - 1] ?? { status: 200, body: "" };
  });
  const log = (message: string, fields: object) => void logged.push({ message, ...fields });
  const handler = customResource(
    keepBot({
      botToken: run.botToken ?? (() => Promise.resolve(token)),
      webhookSecret: () => Promise.resolve(webhookSecret),
      pauseMs: 1,
    }),
    { limitMs: 200, pauseMs: 1 },
    { info: log, warn: log, error: log, measure: () => undefined },
  );
  const responseUrl = `${storage}/answer?X-Amz-Signature=signature-of-the-url`;
  const remainingMs = run.remainingMs ?? 60_000;
  const began = performance.now();
  const fault = await handler(anEvent(run, responseUrl), {
    getRemainingTimeInMillis: () => remainingMs,
  }).then(
    () => undefined,
    (thrown: unknown) => String(thrown),
  );
  expect(performance.now() - began).toBeLessThan(remainingMs);
  const shown = JSON.stringify([logged, received.map(({ body }) => body), fault]);
  for (const secret of [token, webhookSecret, "signature-of-the-url"]) {
    expect(shown).not.toContain(secret);
  }
  const last = received.at(-1);
  const answer = last && Answer.parse(JSON.parse(last.body));
  if (answer) {
    const { StackId, RequestId, LogicalResourceId } = about;
    expect(answer).toMatchObject({ StackId, RequestId, LogicalResourceId });
    expect(answer.PhysicalResourceId).toBe("telegram-bot");
  }
  return { answer, received, logged, fault };
}
