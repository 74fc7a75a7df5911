import { isAllowed } from "./policy.ts";
import type { Deed, Grant } from "./policy.ts";

/** Whose role must allow what before anything runs. */
export type Needed = {
  readonly who: string;
  readonly mayDo: readonly Grant[] | undefined;
  readonly deeds: readonly Deed[];
};

/** What AWS needs to give a function the messages of a queue; CloudFormation makes no mapping without it. */
export const takeMessages = (queueArn: string): readonly Deed[] =>
  ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) => ({
    action: `sqs:${action}`,
    resource: queueArn,
  }));

export const invoke = (functionArn: string): Deed => ({
  action: "lambda:InvokeFunction",
  resource: functionArn,
});

/** Throws where a role that the template gives does not allow what the template asks of its owner. */
export function checkRoles(needed: readonly Needed[]): void {
  for (const { who, mayDo, deeds } of needed) {
    const denied = mayDo && deeds.find((deed) => !isAllowed(mayDo, deed));
    if (denied)
      throw new Error(`${who}: its role allows no ${denied.action} on ${denied.resource}.`);
  }
}
