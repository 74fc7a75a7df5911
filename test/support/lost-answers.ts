import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/**
 * Makes the client lose answers, as a broken connection does: the server has done its work, the answer is lost, and the
 * SDK repeats the request by itself.
 *
 * @returns a function that arms the loss for the next write. Its parameter is work to do before the SDK repeats.
 */
export const loseAnswers = (
  client: DynamoDBClient,
  writes = /^(Put|Update|Delete)Item/,
): ((meanwhile?: () => Promise<unknown>) => void) => {
  let armed = false;
  let between: (() => Promise<unknown>) | undefined;
  // The middleware stands directly above the wire, below the SDK's own retries.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const answer = await next(request);
        if (!armed || !writes.test(commandName ?? "")) return answer;
        armed = false;
        await between?.();
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      },
    { step: "deserialize", priority: "low", name: "loseAnswers" },
  );
  return (meanwhile) => {
    armed = true;
    between = meanwhile;
  };
};
