import type { ApiError } from "grammy/types";
import type { ChatChange } from "../chats/chat.ts";

/** The outcome of a method of the Bot API. */
export type Outcome =
  { kind: "done"; result: unknown; description?: string; changes: readonly ChatChange[] } | Failure;

export type Failure = {
  kind: "failed";
  status: number;
  description: string;
  parameters?: NonNullable<ApiError["parameters"]>;
};

export function done(result: unknown, ...changes: readonly ChatChange[]): Outcome {
  return { kind: "done", result, changes };
}

export function failed(status: number, description: string): Failure {
  return { kind: "failed", status, description };
}

export const badRequest = (reason: string): Failure => failed(400, `Bad Request: ${reason}`);

export const unauthorized = failed(401, "Unauthorized");
export const notFound = failed(404, "Not Found");

export function tooManyRequests(retryAfterSeconds: number): Failure {
  return {
    ...failed(429, `Too Many Requests: retry after ${retryAfterSeconds}`),
    parameters: { retry_after: retryAfterSeconds },
  };
}
