import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll } from "vitest";

export type BundledFunction = {
  readonly invoke: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  /** Everything that it wrote, its log. */
  readonly output: () => string;
};

const runner = fileURLToPath(new URL("run-handler.ts", import.meta.url));

/** Starts a bundle in a process of its own that has these variables and no others; it ends with the test file. */
export const startFunction = (
  asset: string,
  env: Readonly<Record<string, string>>,
): BundledFunction => {
  const child = fork(runner, [join(asset, "index.js")], { env, execArgv: [], silent: true });
  afterAll(() => child.kill());
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => (output += data.toString()));
  }
  const ended = once(child, "exit").then(() => {
    throw new Error(`The function ended: ${output}`);
  });
  ended.catch(() => undefined);
  return {
    output: () => output,
    async invoke(event) {
      const answered = once(child, "message");
      child.send(event);
      const [message] = (await Promise.race([answered, ended])) as [
        { result: APIGatewayProxyStructuredResultV2 } | { fault: string },
      ];
      if ("fault" in message) throw new Error(message.fault);
      return message.result;
    },
  };
};
