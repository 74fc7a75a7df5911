import * as z from "zod/mini";
import {
  parseAccountId,
  parseChallengeId,
  parseTelegramAccountId,
  type AccountId,
  type ChallengeId,
  type TelegramAccountId,
} from "../account/ids.ts";
import { everyLanguage } from "../settings/languages.ts";
import type { TelegramJob } from "./telegram-queue.ts";

/** A text that the parser of an id accepts. */
const idOf = <Id extends string>(parse: (text: string) => Id | undefined) =>
  z.custom<Id>((text) => typeof text === "string" && parse(text) !== undefined);

const accountId = idOf<AccountId>(parseAccountId);
const challengeId = idOf<ChallengeId>(parseChallengeId);

const Job = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("prompt"),
    accountId,
    challengeId,
    round: z.int(),
    sent: z.optional(
      z.array(
        z.object({ chat: idOf<TelegramAccountId>(parseTelegramAccountId), messageId: z.int() }),
      ),
    ),
  }),
  z.object({
    kind: z.literal("close"),
    accountId,
    challengeId,
    notBefore: z.nullable(z.number()),
  }),
  z.object({
    kind: z.literal("notify"),
    accountId,
    entry: z.int(),
    chats: z.array(z.object({ userId: z.int(), language: z.enum(everyLanguage) })),
  }),
]);

/** Reads a job of the queue. Throws on anything else: it ends among the dead letters, where an operator sees it. */
export const readTelegramJob = (body: string): TelegramJob => Job.parse(JSON.parse(body));
