import * as z from "zod/mini";
import {
  parseAccountId,
  parseChallengeId,
  parsePhoneId,
  type AccountId,
} from "../../account/ids.ts";
import { isEnrolment, type FallbackOwnerId } from "./owner.ts";

const Payload = z.discriminatedUnion("task", [
  z.object({
    task: z.literal("send"),
    execution: z.string(),
    accountId: z.string(),
    ownerId: z.string(),
  }),
  z.object({
    task: z.literal("listen"),
    taskToken: z.string(),
    execution: z.string(),
    accountId: z.string(),
    ownerId: z.string(),
  }),
]);

type Ids = {
  readonly accountId: AccountId;
  readonly ownerId: FallbackOwnerId;
  /** The name of the execution that the task belongs to. */
  readonly execution: string;
};

export type SendingTask = Ids & { readonly kind: "send" };
export type ListenTask = Ids & { readonly kind: "listen"; readonly token: string };
export type FallbackTask = SendingTask | ListenTask;

/** Reads what the state machine hands to a task; throws on anything else. */
export const readFallbackTask = (payload: unknown): FallbackTask => {
  const given = Payload.parse(payload);
  const accountId = parseAccountId(given.accountId);
  const ownerId = isEnrolment(given.ownerId)
    ? parsePhoneId(given.ownerId)
    : parseChallengeId(given.ownerId);
  if (!accountId || !ownerId) throw new Error("A task without good ids.");
  const ids = { accountId, ownerId, execution: given.execution };
  return given.task === "send"
    ? { ...ids, kind: "send" }
    : { ...ids, kind: "listen", token: given.taskToken };
};
