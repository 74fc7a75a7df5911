import { randomUUID } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import type { FaultMode, Service } from "./service-faults.ts";

/** A fault in which the service refuses the request and does nothing. */
export type RefusingMode = Extract<FaultMode, "error" | "throttle">;

type Failure = { status: number; type: string; message: string };

/** The words of each service, from its API reference ("Errors") and the models of its clients. */
const FAILURES: Readonly<Record<Service, Readonly<Record<RefusingMode, Failure>>>> = {
  dynamodb: {
    error: {
      status: 500,
      type: "com.amazonaws.dynamodb.v20120810#InternalServerError",
      message: "The request processing has failed because of an unknown error.",
    },
    throttle: {
      status: 400,
      type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
      message: "Throughput exceeds the current capacity of your table or index.",
    },
  },
  sqs: {
    error: {
      status: 500,
      type: "com.amazonaws.sqs#InternalFailure",
      message: "The request processing has failed because of an unknown error.",
    },
    throttle: {
      status: 400,
      type: "com.amazonaws.sqs#RequestThrottled",
      message: "Request is throttled.",
    },
  },
  states: {
    error: {
      status: 500,
      type: "com.amazon.coral.service#InternalFailure",
      message: "The request processing has failed because of an unknown error.",
    },
    throttle: {
      status: 400,
      type: "com.amazon.coral.availability#ThrottlingException",
      message: "Rate exceeded",
    },
  },
  secretsmanager: {
    error: {
      status: 500,
      type: "InternalServiceError",
      message: "An error occurred on the server side.",
    },
    throttle: { status: 400, type: "ThrottlingException", message: "Rate exceeded" },
  },
  events: {
    error: {
      status: 500,
      type: "InternalException",
      message: "This exception occurs due to unexpected causes.",
    },
    throttle: { status: 400, type: "ThrottlingException", message: "Rate exceeded" },
  },
  sns: {
    error: {
      status: 500,
      type: "InternalError",
      message: "The request processing has failed because of an unknown error.",
    },
    throttle: { status: 400, type: "Throttling", message: "Rate exceeded" },
  },
};

/** The answer of a service that refuses a request, in the service's own protocol. */
export function faultAnswer(service: Service, mode: RefusingMode): Answer {
  const { status, type, message } = FAILURES[service][mode];
  const id = randomUUID();
  if (service === "sns")
    return {
      status,
      headers: { "content-type": "text/xml", "x-amzn-requestid": id },
      body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${type}</Code><Message>${message}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`,
    };
  return {
    status,
    headers: {
      "content-type": `application/x-amz-json-${JSON_1_1.has(service) ? "1.1" : "1.0"}`,
      "x-amzn-requestid": id,
      // SQS also sends the error's name in its older protocol, beside the new name.
      ...(service === "sqs"
        ? {
            "x-amzn-query-error": `${type.split("#").at(-1) ?? ""};${status < 500 ? "Sender" : "Receiver"}`,
          }
        : {}),
    },
    body: JSON.stringify({ __type: type, message, Message: message }),
  };
}

const JSON_1_1: ReadonlySet<Service> = new Set(["secretsmanager", "events"]);
