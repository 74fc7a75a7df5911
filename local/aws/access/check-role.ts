import { isAllowed } from "./policy.ts";
import type { Action, Grant } from "./policy.ts";

/** What AWS needs to give a function the messages of a queue; CloudFormation makes no mapping without it. */
export const takeMessages = (queueArn: string): readonly Action[] =>
  ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) => ({
    action: `sqs:${action}`,
    resource: queueArn,
  }));

export const invoke = (functionArn: string): Action => ({
  action: "lambda:InvokeFunction",
  resource: functionArn,
});

/** Throws where the role that the template gives somebody does not allow what the template asks of them. */
export function checkRole(
  who: string,
  mayDo: readonly Grant[] | undefined,
  actions: readonly Action[],
): void {
  const denied = mayDo && actions.find((action) => !isAllowed(mayDo, action));
  if (denied) throw new Error(`${who}: its role allows no ${denied.action} on ${denied.resource}.`);
}
