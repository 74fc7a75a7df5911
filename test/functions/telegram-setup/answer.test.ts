import { expect, test } from "vitest";
import { customResource } from "../../../lib/runtime/custom-resource.ts";
import { aBotApi } from "./bot-api-server.ts";
import type { Reply } from "./loopback.ts";
import { runSetup } from "./run-setup.ts";

const unavailable: Reply = { status: 503, body: "<Error><Code>SlowDown</Code></Error>" };

test("the answer is PUT to the signed URL with its length and an empty content type, as it was signed", async () => {
  const { url } = await aBotApi();
  const { received } = await runSetup({ type: "Create", wanted: { ApiRoot: url } });
  expect(received).toHaveLength(1);
  const [put] = received;
  expect(put).toMatchObject({
    method: "PUT",
    path: "/answer?X-Amz-Signature=signature-of-the-url",
    headers: { "content-type": "", "content-length": String(Buffer.byteLength(put?.body ?? "")) },
  });
});

test.each<[string, Reply[]]>([
  ["refused twice", [unavailable, unavailable]],
  ["cut off", ["hang up"]],
  ["left hanging", ["hang", "hang"]],
])("an answer that is %s is put again", async (_, taken) => {
  const { url } = await aBotApi();
  const { answer, received, fault } = await runSetup({
    type: "Create",
    wanted: { ApiRoot: url },
    taken,
  });
  expect(fault).toBeUndefined();
  expect(answer?.Status).toBe("SUCCESS");
  expect(received).toHaveLength(taken.length + 1);
});

test("even when Telegram hangs and the answer is left hanging twice, it is there in time", async () => {
  const { url } = await aBotApi(() => "hang");
  const { answer } = await runSetup({
    type: "Create",
    wanted: { ApiRoot: url },
    taken: ["hang", "hang"],
    remainingMs: 2500,
  });
  expect(answer?.Status).toBe("FAILED");
});

test("an answer that nobody takes is a fault, so that Lambda tries again", async () => {
  const { url } = await aBotApi();
  const { fault, received } = await runSetup({
    type: "Create",
    wanted: { ApiRoot: url },
    taken: [unavailable, unavailable, unavailable],
  });
  expect(fault).toBe("Error: CloudFormation did not take the answer.");
  expect(received).toHaveLength(3);
});

test("an event that is not CloudFormation's is refused without being repeated", async () => {
  const never = () => Promise.reject(new Error("nobody asked"));
  const quiet = () => undefined;
  const handler = customResource(
    {
      name: "telegram_setup",
      physicalId: "id",
      act: never,
      giveUp: () => ({ kind: "failed", reason: "" }),
    },
    { limitMs: 1, pauseMs: 1 },
    { info: quiet, warn: quiet, error: quiet, measure: () => undefined },
  );
  const event = { RequestType: "Read", ResponseURL: "https://example.com/?signature" };
  await expect(handler(event, { getRemainingTimeInMillis: () => 1000 })).rejects.toThrow(
    /^This is not a request of CloudFormation\.$/,
  );
});
