import { expect, test } from "vitest";
import { aStack } from "../../support/stack.ts";

const status = async (url: string): Promise<[number, unknown]> => {
  const response = await fetch(url);
  return [response.status, await response.json()];
};

test("a function that throws, exits or does not load is a 500, and the next request is served", async () => {
  const failing = `
    let count = 0;
    exports.handler = async (event) => {
      count += 1;
      if (event.rawPath === "/throw") throw new Error("broken");
      if (event.rawPath === "/exit") process.exit(1);
      if (event.rawPath === "/late") setTimeout(() => { throw new Error("late"); }), await new Promise(() => {});
      return { count };
    };`;
  const { url } = await aStack({
    functions: { Failing: { code: failing }, Unloadable: { code: "throw new Error('no')" } },
    routes: { $default: "Failing", "GET /unloadable": "Unloadable" },
  });
  const internal = [500, { message: "Internal Server Error" }];
  expect(await status(`${url}/throw`)).toEqual(internal);
  expect(await status(url)).toEqual([200, { count: 2 }]);
  expect(await status(`${url}/exit`)).toEqual(internal);
  expect(await status(url)).toEqual([200, { count: 1 }]);
  expect(await status(`${url}/late`)).toEqual(internal);
  expect(await status(url)).toEqual([200, { count: 1 }]);
  expect(await status(`${url}/unloadable`)).toEqual(internal);
  expect(await status(`${url}/unloadable`)).toEqual(internal);
});

test("a function that exceeds its time is a 503 even when it blocks, and is replaced", async () => {
  const slow = `exports.handler = async (event) => {
    if (event.rawPath === "/block") for (;;);
    if (event.rawPath === "/hang") await new Promise(() => {});
    return "fine";
  };`;
  const { url } = await aStack({
    functions: { Slow: { code: slow, timeoutSeconds: 0.3 } },
    routes: { $default: "Slow" },
  });
  const unavailable = [503, { message: "Service Unavailable" }];
  expect(await status(`${url}/block`)).toEqual(unavailable);
  expect(await status(`${url}/hang`)).toEqual(unavailable);
  expect(await (await fetch(url)).text()).toBe("fine");
});

test("a function sees Lambda's environment and context, and nothing of the machine's", async () => {
  const code = `exports.handler = async (event, context) => ({
    env: process.env,
    id: context.awsRequestId,
    name: context.functionName,
    remaining: context.getRemainingTimeInMillis(),
  });`;
  const { url, endpoints } = await aStack({
    functions: {
      Look: { code, timeoutSeconds: 7, environment: { REGION: { Ref: "AWS::Region" } } },
    },
    routes: { $default: "Look" },
  });
  const response = await fetch(url);
  const seen = (await response.json()) as { env: Record<string, string>; remaining: number };
  expect(seen).toMatchObject({
    id: response.headers.get("apigw-requestid"),
    name: "Look",
    env: {
      REGION: "us-east-1",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "Look",
      AWS_LAMBDA_FUNCTION_NAME: "Look",
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    },
  });
  expect(seen.remaining).toBeGreaterThan(5000);
  expect(seen.remaining).toBeLessThanOrEqual(7000);
  expect(seen.env).not.toHaveProperty("PATH");
  expect(seen.env).not.toHaveProperty("HOME");
});

test("requests run side by side in several instances, one event at a time in each", async () => {
  const code = `
    let busy = 0;
    const { threadId } = require("node:worker_threads");
    exports.handler = async () => {
      busy += 1;
      const seen = busy;
      await new Promise((resolve) => setTimeout(resolve, 100));
      busy -= 1;
      return { seen, threadId };
    };`;
  const { url } = await aStack({ functions: { Busy: { code } }, routes: { $default: "Busy" } });
  const answers = await Promise.all(
    Array.from(
      { length: 9 },
      async () => (await (await fetch(url)).json()) as { seen: number; threadId: number },
    ),
  );
  expect(answers.map(({ seen }) => seen)).toEqual(Array(9).fill(1));
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(3);
});
