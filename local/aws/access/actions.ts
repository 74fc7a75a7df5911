import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { GatewayRequest } from "../http/request.ts";
import { ACCOUNT_ID, REGION } from "../template/names.ts";
import type { Action } from "./policy.ts";

/** Lists the actions that a request to a service performs, in IAM's words. */
export type ActionsOf = (request: Pick<GatewayRequest, "headers" | "body">) => readonly Action[];

const Body = z.catch(
  z.object({
    SecretId: z.optional(z.string()),
    QueueUrl: z.optional(z.string()),
    stateMachineArn: z.optional(z.string()),
    Entries: z.optional(z.unknown()),
  }),
  {},
);
const Entries = z.catch(z.array(z.object({ EventBusName: z.optional(z.string()) })), []);

const read = ({ headers, body }: Parameters<ActionsOf>[0]) => ({
  operation: operationOf(headers["x-amz-target"]),
  input: Body.parse(parseJson(body.toString())),
});

/** `AmazonSQS.SendMessage` is the operation `SendMessage`. */
export const operationOf = (target: string | undefined): string => target?.split(".").at(-1) ?? "";

export const arn = (service: string, name: string) =>
  `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${name}`;

/** The operation that a request asks of a service that speaks AWS JSON. */
export const targetOperationOf = ({ headers }: Pick<GatewayRequest, "headers">): string =>
  operationOf(headers["x-amz-target"]);

export const secretsActions: ActionsOf = (request) => {
  const { operation, input } = read(request);
  return [{ action: `secretsmanager:${operation}`, resource: input.SecretId ?? "" }];
};

/** IAM has no separate action for a batch. */
export const sqsActions: ActionsOf = (request) => {
  const { operation, input } = read(request);
  const name = input.QueueUrl?.split("/").at(-1) ?? "";
  return [{ action: `sqs:${operation.replace(/Batch$/, "")}`, resource: arn("sqs", name) }];
};

/** A task token belongs to an execution of a state machine, and that machine is the resource. Here there is one. */
export const stepFunctionsActions =
  (machine: string): ActionsOf =>
  (request) => {
    const { operation, input } = read(request);
    return [{ action: `states:${operation}`, resource: input.stateMachineArn ?? machine }];
  };

export const eventBridgeActions: ActionsOf = (request) => {
  const { operation, input } = read(request);
  const buses = Entries.parse(input.Entries).map(({ EventBusName = "default" }) => EventBusName);
  return [...new Set(buses)].map((bus) => ({
    action: `events:${operation}`,
    resource: arn("events", `event-bus/${bus}`),
  }));
};

/** A phone number has no ARN. */
export const snsActions: ActionsOf = (request) => {
  const form = new URLSearchParams(request.body.toString());
  const resource = form.get("TopicArn") ?? form.get("TargetArn") ?? "a phone number";
  return [{ action: `sns:${snsOperationOf(request)}`, resource }];
};

/** A request to SNS names its operation in the form. */
export const snsOperationOf = ({ body }: Pick<GatewayRequest, "body">): string =>
  new URLSearchParams(body.toString()).get("Action") ?? "";
