import * as z from "zod/mini";
import { parseAccountId, parseChallengeId } from "../account/ids.ts";
import type { TelegramJob } from "./telegram-queue.ts";

const Job = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ask"),
    accountId: z.string(),
    challengeId: z.string(),
    round: z.int(),
  }),
  z.object({
    kind: z.literal("settle"),
    accountId: z.string(),
    challengeId: z.string(),
    notBefore: z.nullable(z.number()),
  }),
]);

/** Reads a job off the queue; throws on what is none, so that it ends among the dead letters for somebody to see. */
export const readTelegramJob = (body: string): TelegramJob => {
  const { accountId, challengeId, ...rest } = Job.parse(JSON.parse(body));
  const ids = {
    accountId: parseAccountId(accountId),
    challengeId: parseChallengeId(challengeId),
  };
  if (!ids.accountId || !ids.challengeId) throw new Error("A job without good ids.");
  return { ...rest, accountId: ids.accountId, challengeId: ids.challengeId };
};
