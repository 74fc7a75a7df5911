import * as z from "zod/mini";
import { parseAccountId, parseChallengeId, parsePhoneId, type AccountId } from "../account/ids.ts";
import { isEnrolment, type SubjectId } from "./subject.ts";

const Payload = z.object({ taskToken: z.string(), accountId: z.string(), subjectId: z.string() });

export type LadderTask = {
  readonly token: string;
  readonly accountId: AccountId;
  readonly subjectId: SubjectId;
};

/** What the state machine hands to a task; throws on anything else. */
export const readLadderTask = (payload: unknown): LadderTask => {
  const { taskToken, accountId, subjectId } = Payload.parse(payload);
  const account = parseAccountId(accountId);
  const subject = isEnrolment(subjectId) ? parsePhoneId(subjectId) : parseChallengeId(subjectId);
  if (!account || !subject) throw new Error("A task without good ids.");
  return { token: taskToken, accountId: account, subjectId: subject };
};
