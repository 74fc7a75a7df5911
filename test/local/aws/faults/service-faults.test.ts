import { createHash } from "node:crypto";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import { startStack } from "../../../../local/stack.ts";
import type { Stack } from "../../../../local/stack.ts";
import { anAssembly, ECHO, TABLE } from "../../support/assembly.ts";
import { aFolder } from "../../support/folder.ts";
import { aFallback, MACHINE_ARN } from "../../support/fallback.ts";
import { advance } from "../../support/stack.ts";

// Faults of the AWS services, planned by the controls and seen through the clients that functions use.

/** Clients that are signed as somebody. They try once: what a fault does is not hidden by another try. */
const signedAs = (name: string, { endpoints }: Stack) => {
  const as = (endpoint: string) => ({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: name, secretAccessKey: "any" },
    maxAttempts: 1,
  });
  return {
    dynamodb: new DynamoDBClient(as(endpoints.dynamodb)),
    secrets: new SecretsManagerClient(as(endpoints.secretsManager)),
    sqs: new SQSClient(as(endpoints.sqs)),
    sfn: new SFNClient(as(endpoints.stepFunctions)),
    sns: new SNSClient(as(endpoints.sns)),
    events: new EventBridgeClient(as(endpoints.eventBridge)),
  };
};
type Clients = ReturnType<typeof signedAs>;

let stack: Stack;
let func: Clients;
let operator: Clients;

beforeAll(async () => {
  const assembly = await anAssembly(
    {
      functions: { Worker: ECHO, ...aFallback().functions },
      routes: { $default: "Worker" },
      resources: {
        ...TABLE,
        ...aFallback().resources,
        Jobs: { Type: "AWS::SQS::Queue", Properties: {} },
        Key: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "first" } },
        Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "Bus" } },
      },
    },
    afterAll,
  );
  stack = await startStack({
    port: 0,
    dataDir: await aFolder(afterAll),
    quiet: true,
    demo: false,
    assembly,
  });
  func = signedAs("Worker", stack);
  operator = signedAs("local", stack);
});
afterAll(async () => {
  for (const client of [...Object.values(func), ...Object.values(operator)]) client.destroy();
  await stack.stop();
});
beforeEach(async () => {
  await control("DELETE");
});

const control = async (method: string, body?: unknown, url = stack.url) => {
  const response = await fetch(`${url}/devices/api/faults/services`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as { faults?: unknown; detail?: string },
  };
};

const plan = async (fault: unknown, url = stack.url): Promise<void> => {
  expect((await control("POST", fault, url)).status).toBe(202);
};
const pending = async (): Promise<unknown> => (await control("GET")).body.faults;
const read = async <Body>(path: string): Promise<Body> =>
  (await (await fetch(`${stack.url}/devices/api/${path}`)).json()) as Body;

/** What a function asks of each service, by an id, and whether that was done, as somebody else sees it. */
type Action = {
  service: string;
  action: string;
  throttling: string;
  ask: (id: string, abortSignal?: AbortSignal) => Promise<unknown>;
  isDone: (id: string) => Promise<boolean>;
};

const signal = (abortSignal: AbortSignal | undefined) => (abortSignal ? { abortSignal } : {});
const keyOf = (id: string) => ({ pk: { S: id }, sk: { S: "x" } });
/** Whom SNS writes to: a number for each id. */
const numberOf = (id: string) =>
  `+38050${createHash("sha256").update(id).digest().readUInt32BE().toString().slice(0, 7).padStart(7, "0")}`;

const ACTIONS: readonly Action[] = [
  {
    service: "dynamodb",
    action: "PutItem",
    throttling: "ProvisionedThroughputExceededException",
    ask: (id, abort) =>
      func.dynamodb.send(
        new PutItemCommand({ TableName: "Table", Item: keyOf(id) }),
        signal(abort),
      ),
    isDone: async (id) =>
      (await operator.dynamodb.send(new GetItemCommand({ TableName: "Table", Key: keyOf(id) })))
        .Item !== undefined,
  },
  {
    service: "sqs",
    action: "SendMessage",
    throttling: "RequestThrottled",
    ask: (id, abort) =>
      func.sqs.send(
        new SendMessageCommand({
          QueueUrl: `${stack.endpoints.sqs}/000000000000/Jobs`,
          MessageBody: id,
        }),
        signal(abort),
      ),
    isDone: (() => {
      let before = 0;
      return async () => {
        const { queues } = await read<{ queues: { waiting: number }[] }>("queues");
        const now = queues.reduce((sum, { waiting }) => sum + waiting, 0);
        const isMore = now > before;
        before = now;
        return isMore;
      };
    })(),
  },
  {
    service: "states",
    action: "StartExecution",
    throttling: "ThrottlingException",
    ask: (id, abort) =>
      func.sfn.send(
        new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: id, input: "{}" }),
        signal(abort),
      ),
    isDone: async (id) =>
      (await read<{ executions: { name: string }[] }>("executions")).executions.some(
        ({ name }) => name === id,
      ),
  },
  {
    service: "secretsmanager",
    action: "PutSecretValue",
    throttling: "ThrottlingException",
    ask: async (id, abort) => {
      const { Name } = await operator.secrets.send(new GetSecretValueCommand({ SecretId: "Key" }));
      return func.secrets.send(
        new PutSecretValueCommand({ SecretId: Name, SecretString: id }),
        signal(abort),
      );
    },
    isDone: async (id) =>
      (await operator.secrets.send(new GetSecretValueCommand({ SecretId: "Key" }))).SecretString ===
      id,
  },
  {
    service: "events",
    action: "PutEvents",
    throttling: "ThrottlingException",
    ask: (id, abort) =>
      func.events.send(
        new PutEventsCommand({
          Entries: [{ EventBusName: "Bus", Source: "test", DetailType: id, Detail: "{}" }],
        }),
        signal(abort),
      ),
    isDone: async (id) =>
      (await read<{ events: { type: string }[] }>("events")).events.some(({ type }) => type === id),
  },
  {
    service: "sns",
    action: "Publish",
    throttling: "Throttling",
    ask: (id, abort) =>
      func.sns.send(
        new PublishCommand({ PhoneNumber: numberOf(id), Message: "Hello" }),
        signal(abort),
      ),
    isDone: async (id) =>
      (await read<{ sms: unknown[] }>(`phones/${encodeURIComponent(numberOf(id))}`)).sms.length > 0,
  },
];

type Seen = { name?: string; status?: number };

/** What the client makes of a request: nothing where it was answered as usual. */
const seen = (sent: Promise<unknown>): Promise<Seen> =>
  sent.then(
    () => ({}),
    (error: unknown) => {
      const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      const { httpStatusCode: status } = $metadata ?? {};
      return { name, ...(status === undefined ? {} : { status }) };
    },
  );

describe.each(ACTIONS)("$service $action", ({ service, action, throttling, ask, isDone }) => {
  test("error: the service's own fault, and nothing is done", async () => {
    await plan({ service, action, mode: "error", times: 1 });
    expect(await seen(ask("error"))).toMatchObject({ status: 500 });
    expect([await isDone("error"), await pending()]).toEqual([false, []]);
    expect(await seen(ask("after-error"))).toEqual({});
    expect(await isDone("after-error")).toBe(true);
  });

  test("throttle: in the service's own words, and nothing is done", async () => {
    await plan({ service, action, mode: "throttle", times: 1 });
    expect(await seen(ask("throttle"))).toMatchObject({ name: throttling, status: 400 });
    expect(await isDone("throttle")).toBe(false);
  });

  test("hang: no answer until the caller gives up, and nothing is done", async () => {
    await plan({ service, action, mode: "hang", times: 1 });
    const caller = new AbortController();
    const sent = seen(ask("hang", caller.signal));
    await vi.waitUntil(async () => ((await pending()) as unknown[]).length === 0);
    caller.abort();
    expect(await sent).toEqual({ name: "AbortError" });
    expect(await isDone("hang")).toBe(false);
  });

  test("lost_answer: it is done, and the caller does not learn of it", async () => {
    await plan({ service, action, mode: "lost_answer", times: 1 });
    const { name, status } = await seen(ask("lost"));
    expect(name).toBeDefined();
    expect(status).toBeUndefined();
    expect(await isDone("lost")).toBe(true);
  });

  test("slow: it is done, and answered", async () => {
    await plan({ service, action, mode: "slow", times: 1 });
    expect(await seen(ask("slow"))).toEqual({});
    expect([await isDone("slow"), await pending()]).toEqual([true, []]);
  });
});

const put = (clients: Clients, id: string) =>
  seen(clients.dynamodb.send(new PutItemCommand({ TableName: "Table", Item: keyOf(id) })));
const get = (clients: Clients, id: string) =>
  seen(clients.dynamodb.send(new GetItemCommand({ TableName: "Table", Key: keyOf(id) })));

test("only functions are hit: the stack's own clients and the operator's go on", async () => {
  const fault = { service: "dynamodb", mode: "error", times: 1 };
  await plan(fault);
  expect(await put(operator, "operator")).toEqual({});
  await advance(stack.url, 120);
  expect(await pending()).toEqual([fault]);
  expect(await put(func, "function")).toMatchObject({ status: 500 });
});

test("a fault of one action leaves the others alone, and of several the first planned comes first", async () => {
  await plan({ service: "dynamodb", action: "GetItem", mode: "error", times: 2 });
  await plan({ service: "dynamodb", mode: "throttle", times: 1 });
  expect(await put(func, "one")).toMatchObject({ status: 400 });
  expect(await put(func, "one")).toEqual({});
  expect(await pending()).toEqual([
    { service: "dynamodb", action: "GetItem", mode: "error", times: 2 },
  ]);
  expect(await get(func, "one")).toMatchObject({ status: 500 });
  expect(await pending()).toMatchObject([{ times: 1 }]);
  expect((await control("DELETE")).status).toBe(200);
  expect(await pending()).toEqual([]);
  expect(await get(func, "one")).toEqual({});
});

test.each([
  undefined,
  "fault",
  { service: "s3", mode: "error", times: 1 },
  { service: "sqs", mode: "explode", times: 1 },
  { service: "sqs", mode: "error" },
  { service: "sqs", mode: "error", times: 0 },
  { service: "sqs", mode: "error", times: 1001 },
  { service: "sqs", mode: "error", times: 1.5 },
  { service: "sqs", mode: "error", times: "1" },
  { service: "sqs", action: "Send Message", mode: "error", times: 1 },
  { service: "sqs", action: "", mode: "error", times: 1 },
  { service: "sqs", mode: "error", times: 1, seconds: 5 },
])("%j is refused, and changes nothing", async (fault) => {
  await plan({ service: "sns", mode: "slow", times: 3 });
  const { status, body } = await control("POST", fault);
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: "invalid_request", detail: expect.any(String) as string });
  expect(await pending()).toEqual([{ service: "sns", mode: "slow", times: 3 }]);
});

test("the service as it deploys outlives one fault of its table, and fails closed where they do not end", async () => {
  const whole = await startStack({ port: 0, dataDir: await aFolder(), quiet: true });
  onTestFinished(whole.stop);
  const { url, demo } = whole;
  const signIn = async () => {
    const { email, password } = demo;
    const response = await fetch(`${url}/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  };
  for (const mode of ["error", "throttle", "lost_answer"]) {
    await plan({ service: "dynamodb", mode, times: 1 }, url);
    expect(await signIn(), mode).toBe(200);
    expect((await control("GET", undefined, url)).body.faults, mode).toEqual([]);
  }
  await plan({ service: "dynamodb", mode: "error", times: 1000 }, url);
  expect(await signIn()).toBe(503);
  await control("DELETE", undefined, url);
  expect(await signIn()).toBe(200);
});
