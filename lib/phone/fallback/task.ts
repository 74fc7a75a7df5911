import * as z from "zod/mini";
import {
  parseAccountId,
  parseChallengeId,
  parsePhoneId,
  type AccountId,
} from "../../account/ids.ts";
import { isEnrolment, type FallbackOwnerId } from "./owner.ts";

const Payload = z.object({ taskToken: z.string(), accountId: z.string(), ownerId: z.string() });

export type FallbackTask = {
  readonly token: string;
  readonly accountId: AccountId;
  readonly ownerId: FallbackOwnerId;
};

/** Reads what the state machine hands to a task; throws on anything else. */
export const readFallbackTask = (payload: unknown): FallbackTask => {
  const { taskToken, accountId, ownerId } = Payload.parse(payload);
  const account = parseAccountId(accountId);
  const owner = isEnrolment(ownerId) ? parsePhoneId(ownerId) : parseChallengeId(ownerId);
  if (!account || !owner) throw new Error("A task without good ids.");
  return { token: taskToken, accountId: account, ownerId: owner };
};
