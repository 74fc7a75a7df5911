import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient, SendTaskSuccessCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test } from "vitest";
import { isAllowed } from "../../../../local/aws/access/policy.ts";
import { tableActions } from "../../../../local/aws/access/table-actions.ts";
import { openProjectAssembly } from "../../../../local/twostep/project-assembly.ts";
import { startStack } from "../../../../local/stack.ts";
import { aRole, ECHO, TABLE } from "../../support/assembly.ts";
import type { TestAssembly } from "../../support/assembly.ts";
import { aFolder } from "../../support/folder.ts";
import { aFallback, MACHINE_ARN } from "../../support/fallback.ts";
import { aStack } from "../../support/stack.ts";

const arn = (rest: string) => `arn:aws:${rest}`;

describe("what no statement allows is denied:", () => {
  const table = arn("dynamodb:us-east-1:000000000000:table/Table");
  const grant = (actions: string[], resources: string[], except = false) => ({
    actions,
    resources,
    except,
  });
  test.each([
    ["nothing", [], "dynamodb:GetItem", table, false],
    ["that action there", [grant(["dynamodb:GetItem"], [table])], "dynamodb:GetItem", table, true],
    ["another action", [grant(["dynamodb:GetItem"], [table])], "dynamodb:GetItems", table, false],
    [
      "another place",
      [grant(["dynamodb:GetItem"], [table])],
      "dynamodb:GetItem",
      `${table}2`,
      false,
    ],
    ["all actions", [grant(["dynamodb:*"], [table])], "dynamodb:Query", table, true],
    ["a dot is a dot", [grant(["s3:a.b"], ["*"])], "s3:aXb", "x", false],
    ["one character", [grant(["s3:Get?"], ["*"])], "s3:Gets", "x", true],
    ["all but some", [grant(["sns:Publish"], ["arn:*"], true)], "sns:Publish", "a number", true],
    ["not those", [grant(["sns:Publish"], ["arn:*"], true)], "sns:Publish", arn("sns:x"), false],
    [
      "of two statements each by itself",
      [grant(["a:A"], ["x"]), grant(["b:B"], ["y"])],
      "a:A",
      "y",
      false,
    ],
  ] as const)("%s", (_, grants, action, resource, allowed) => {
    expect(isAllowed(grants, { action, resource })).toBe(allowed);
  });
});

test("a statement that is confined to keys allows what is about such items alone", () => {
  const confined = {
    actions: ["dynamodb:BatchGetItem"],
    resources: ["table"],
    except: false,
    keys: ["account#*", "budget#stopped"],
  };
  const may = (keys?: string[]) =>
    isAllowed([confined], { action: "dynamodb:BatchGetItem", resource: "table", keys });
  expect(may(["account#ann"])).toBe(true);
  expect(may(["account#ann", "budget#stopped"])).toBe(true);
  expect(may(["account#ann", "mail#x"])).toBe(false);
  expect(may(["budget#stopped#x"])).toBe(false);
  expect(may()).toBe(false);
});

describe("which items a request to DynamoDB is about:", () => {
  const table = {
    name: "Table",
    arn: arn("dynamodb:us-east-1:000000000000:table/Table"),
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" as const },
      { AttributeName: "sk", KeyType: "RANGE" as const },
    ],
  };
  const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "s" } });
  const query = (KeyConditionExpression: string, more: object = {}) => ({
    TableName: "Table",
    KeyConditionExpression,
    ExpressionAttributeValues: { ":a": { S: "a" }, ":s": { S: "s" } },
    ...more,
  });
  test.each([
    ["GetItem", { TableName: "Table", Key: key("a") }, ["a"]],
    ["PutItem", { TableName: table.arn, Item: { ...key("a"), more: { S: "b" } } }, ["a"]],
    ["Query", query("pk = :a AND begins_with(sk, :s)"), ["a"]],
    ["Query", query("sk = :s AND #k=:a", { ExpressionAttributeNames: { "#k": "pk" } }), ["a"]],
    ["Query", query("sk = :s"), undefined],
    ["Scan", { TableName: "Table" }, undefined],
    ["GetItem", { TableName: "Table", Key: { sk: { S: "s" } } }, undefined],
  ])("%s %j", (operation, input, keys) => {
    const headers = { "x-amz-target": `DynamoDB_20120810.${operation}` };
    const actions = tableActions([table])({ headers, body: Buffer.from(JSON.stringify(input)) });
    expect(actions).toEqual([
      { action: `dynamodb:${operation}`, resource: table.arn, ...(keys && { keys }) },
    ]);
  });

  test("a batch is about items of each of its tables, known or not", () => {
    const input = { RequestItems: { Table: { Keys: [key("a"), key("b")] }, Other: { Keys: [] } } };
    const headers = { "x-amz-target": "DynamoDB_20120810.BatchGetItem" };
    const actions = tableActions([table])({ headers, body: Buffer.from(JSON.stringify(input)) });
    const action = "dynamodb:BatchGetItem";
    expect(actions).toEqual([
      { action, resource: table.arn, keys: ["a", "b"] },
      { action, resource: arn("dynamodb:us-east-1:000000000000:table/Other") },
    ]);
  });
});

/** A function of a stack, played by clients that are signed as it would be. */
const signedAs = (name: string, endpoints: Awaited<ReturnType<typeof aStack>>["endpoints"]) => {
  const as = (endpoint: string) => ({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: name, secretAccessKey: "any" },
    maxAttempts: 1,
  });
  const clients = {
    dynamodb: new DynamoDBClient(as(endpoints.dynamodb)),
    secrets: new SecretsManagerClient(as(endpoints.secretsManager)),
    sqs: new SQSClient(as(endpoints.sqs)),
    sfn: new SFNClient(as(endpoints.stepFunctions)),
    sns: new SNSClient(as(endpoints.sns)),
    events: new EventBridgeClient(as(endpoints.eventBridge)),
  };
  onTestFinished(() => Object.values(clients).forEach((client) => client.destroy()));
  return clients;
};

/** What became of a request: nothing said, or the name of the refusal. */
const outcome = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => "done",
    (error: unknown) => (error as Error).name,
  );

const everything: TestAssembly = {
  functions: { Narrow: { ...ECHO, role: "NarrowRole" }, Free: ECHO, ...aFallback().functions },
  routes: { $default: "Narrow" },
  resources: {
    ...TABLE,
    ...aFallback().resources,
    Jobs: { Type: "AWS::SQS::Queue", Properties: {} },
    Others: { Type: "AWS::SQS::Queue", Properties: {} },
    Mine: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "mine" } },
    Theirs: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "theirs" } },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "Bus" } },
    NarrowRole: aRole(
      { Action: ["dynamodb:GetItem"], Resource: { "Fn::GetAtt": ["Table", "Arn"] } },
      {
        Action: ["dynamodb:PutItem"],
        Resource: { "Fn::GetAtt": ["Table", "Arn"] },
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["mine#*"] } },
      },
      { Action: "secretsmanager:GetSecretValue", Resource: { Ref: "Mine" } },
      { Action: "sqs:SendMessage", Resource: { "Fn::GetAtt": ["Jobs", "Arn"] } },
      { Action: "states:StartExecution", Resource: { Ref: "Machine" } },
      { Action: "sns:Publish", NotResource: "arn:aws:sns:*:*:*" },
      { Action: "events:PutEvents", Resource: "*", Condition: { Bool: { "aws:x": "true" } } },
    ),
  },
};

test("a function may do at each service what its role in the template allows, and nothing else", async () => {
  const { endpoints } = await aStack(everything);
  const { dynamodb, secrets, sqs, sfn, sns, events } = signedAs("Narrow", endpoints);
  const Key = { pk: { S: "a" }, sk: { S: "b" } };
  const url = (queue: string) => `${endpoints.sqs}/000000000000/${queue}`;
  const operator = signedAs("local", endpoints);
  const read = async (name: string) => {
    const found = await operator.secrets.send(new GetSecretValueCommand({ SecretId: name }));
    return new GetSecretValueCommand({ SecretId: found.ARN });
  };
  const [mine, theirs] = [await read("Mine"), await read("Theirs")];

  expect(await outcome(dynamodb.send(new GetItemCommand({ TableName: "Table", Key })))).toBe(
    "done",
  );
  const own = { TableName: "Table", Item: { ...Key, pk: { S: "mine#a" } } };
  expect(await outcome(dynamodb.send(new PutItemCommand(own)))).toBe("done");
  expect(await outcome(secrets.send(mine))).toBe("done");
  const job = { QueueUrl: url("Jobs"), MessageBody: "x" };
  expect(await outcome(sqs.send(new SendMessageCommand(job)))).toBe("done");
  const batch = { QueueUrl: url("Jobs"), Entries: [{ Id: "1", MessageBody: "x" }] };
  expect(await outcome(sqs.send(new SendMessageBatchCommand(batch)))).toBe("done");
  const start = { stateMachineArn: MACHINE_ARN, input: '{"accountId":"ann"}' };
  expect(await outcome(sfn.send(new StartExecutionCommand(start)))).toBe("done");
  const sms = { PhoneNumber: "+380501234542", Message: "Hello" };
  expect(await outcome(sns.send(new PublishCommand(sms)))).toBe("done");

  const denied = "AccessDeniedException";
  const put = new PutItemCommand({ TableName: "Table", Item: Key });
  expect(await outcome(dynamodb.send(put))).toBe(denied);
  expect(await outcome(secrets.send(theirs))).toBe(denied);
  const other = { QueueUrl: url("Others"), MessageBody: "x" };
  expect(await outcome(sqs.send(new SendMessageCommand(other)))).toBe(denied);
  const answer = { taskToken: "any", output: "{}" };
  expect(await outcome(sfn.send(new SendTaskSuccessCommand(answer)))).toBe(denied);
  const topic = { TopicArn: arn("sns:us-east-1:000000000000:topic"), Message: "Hello" };
  expect(await outcome(sns.send(new PublishCommand(topic)))).toBe("AuthorizationErrorException");
  // A condition that nothing here can judge is not met.
  const entry = { EventBusName: "Bus", Source: "x", DetailType: "x", Detail: "{}" };
  expect(await outcome(events.send(new PutEventsCommand({ Entries: [entry] })))).toBe(denied);

  const free = signedAs("Free", endpoints);
  expect(await outcome(free.dynamodb.send(put))).toBe("done");
  expect(await outcome(operator.secrets.send(theirs))).toBe("done");
});

test("the project's own roles allow all that a sign-in needs; one grant less, and it fails here as on AWS", async () => {
  const assembly = await openProjectAssembly();
  const signIn = async (template: typeof assembly.template) => {
    const stack = await startStack({
      port: 0,
      dataDir: await aFolder(),
      quiet: true,
      assembly: { ...assembly, template },
    });
    onTestFinished(stack.stop);
    const { email, password } = stack.demo;
    const response = await fetch(`${stack.url}/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  };
  expect(await signIn(assembly.template)).toBe(200);
  const { Resources } = assembly.template;
  const [id = "", role] =
    Object.entries(Resources).find(([each]) => each.startsWith("Functionssigninrole")) ?? [];
  const poorer = JSON.stringify(role).replace('"dynamodb:PutItem",', "");
  expect(poorer).not.toBe(JSON.stringify(role));
  const poor = JSON.parse(poorer) as (typeof Resources)[string];
  const template = { ...assembly.template, Resources: { ...Resources, [id]: poor } };
  expect(await signIn(template)).toBe(503);
});

describe("refused when the template is read:", () => {
  test("a function that is given a queue's messages and may not take them", async () => {
    const started = aStack({
      functions: { Work: { ...ECHO, role: "Poor" } },
      routes: { $default: "Work" },
      resources: {
        Poor: aRole({ Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: "*" }),
        Jobs: { Type: "AWS::SQS::Queue", Properties: {} },
        Mapping: {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: {
            EventSourceArn: { "Fn::GetAtt": ["Jobs", "Arn"] },
            FunctionName: { Ref: "Work" },
          },
        },
      },
    });
    await expect(started).rejects.toThrow("Work: its role allows no sqs:GetQueueAttributes");
  });

  test("a state machine that may not invoke one of its functions", async () => {
    const { functions = {}, resources = {} } = aFallback();
    const Role = aRole({
      Action: "lambda:InvokeFunction",
      Resource: { "Fn::GetAtt": ["Call", "Arn"] },
    });
    const started = aStack({
      functions,
      routes: { $default: "Call" },
      resources: { ...resources, Role },
    });
    await expect(started).rejects.toThrow("local-Climb: its role allows no lambda:InvokeFunction");
  });

  test("a role whose policies are elsewhere: nobody here knows what they say", async () => {
    const { Properties, ...role } = aRole();
    const Managed = {
      ...role,
      Properties: {
        ...Properties,
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    };
    const started = aStack({
      functions: { Work: { ...ECHO, role: "Managed" } },
      routes: { $default: "Work" },
      resources: { Managed },
    });
    await expect(started).rejects.toThrow("ManagedPolicyArns");
  });
});
