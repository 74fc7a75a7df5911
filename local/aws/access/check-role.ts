import { isAllowed } from "./policy.ts";
import type { Action, Grant } from "./policy.ts";

/** The actions that a role must allow so that AWS gives messages of a queue; else CloudFormation makes no mapping. */
export const takeMessages = (queueArn: string): readonly Action[] =>
  ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) => ({
    action: `sqs:${action}`,
    resource: queueArn,
  }));

export const invoke = (functionArn: string): Action => ({
  action: "lambda:InvokeFunction",
  resource: functionArn,
});

/** Throws if the role of `who` does not allow one of the actions. Does nothing if the template gives no role. */
export function checkRole(
  who: string,
  mayDo: readonly Grant[] | undefined,
  actions: readonly Action[],
): void {
  const denied = mayDo && actions.find((action) => !isAllowed(mayDo, action));
  if (denied) throw new Error(`${who}: its role allows no ${denied.action} on ${denied.resource}.`);
}
