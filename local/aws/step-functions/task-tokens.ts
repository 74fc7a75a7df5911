import { randomBytes } from "node:crypto";
import type { TaskError } from "../states-language/interpret.ts";

/** The result of an attempt of a task. */
export type TaskAnswer = { kind: "succeeded"; output: unknown } | ({ kind: "failed" } & TaskError);

/** The tokens that executions wait for. Each token is taken once. */
export type TaskTokens = {
  /** Makes a token of an execution. `settle` gets the answer that comes with the token, and closes the token. */
  open: (executionArn: string, settle: (answer: TaskAnswer) => void) => string;
  isOpen: (token: string) => boolean;
  /** False if the token was closed already: of several events that end an attempt, the first counts. */
  close: (token: string) => boolean;
  /** `closed`: the token was valid once, but no execution waits for it any more. `malformed`: it was never a token. */
  answer: (token: string, answer: TaskAnswer) => "taken" | "closed" | "malformed";
};

/** The beginning of Step Functions' tokens. */
const PREFIX = "AAAAKgAAAAIAAAAAAAAAA";

export function createTaskTokens(): TaskTokens {
  const waiting = new Map<string, (answer: TaskAnswer) => void>();
  return {
    open: (executionArn, settle) => {
      const secret = randomBytes(32).toString("base64url");
      const token = PREFIX + Buffer.from(`${executionArn} ${secret}`).toString("base64url");
      waiting.set(token, settle);
      return token;
    },
    isOpen: (token) => waiting.has(token),
    close: (token) => waiting.delete(token),
    answer: (token, answer) => {
      const settle = waiting.get(token);
      if (!settle) return executionOf(token) === undefined ? "malformed" : "closed";
      settle(answer);
      return "taken";
    },
  };
}

/** The ARN of the execution that a token was made for, or undefined if it is no token. */
export function executionOf(token: string): string | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const text = Buffer.from(token.slice(PREFIX.length), "base64url").toString();
  return /^(arn:aws:states:\S+) [\w-]{43}$/.exec(text)?.[1];
}
