import { habits } from "../bill/month.ts";
import type { SignIn } from "../metering/journeys.ts";
import type { Counts } from "../metering/measure.ts";
import { accountBytes } from "./counted-section.ts";

/** DynamoDB charges this many bytes for each item besides the item's own bytes. */
const itemOverhead = 100;

/** The bytes that the table holds for an average person: account, mail entry, and sessions not yet cleaned up. */
export const bytesPerPerson = ({ signIns }: Counts): number => {
  const average = (bytesOf: (key: SignIn) => number) =>
    (Object.keys(signIns) as SignIn[]).reduce(
      (sum, key) => sum + habits.shares[key] * bytesOf(key),
      0,
    );
  const largest = (key: SignIn, kind: string) =>
    Math.max(
      0,
      ...signIns[key].invocations
        .flatMap(({ calls }) => calls)
        .filter(({ item }) => item === kind)
        .map(({ itemBytes }) => itemBytes),
    );
  const sessions = (habits.signInsPerPerson / 30) * habits.sessionDays;
  return (
    average((key) => accountBytes(signIns[key])) +
    average((key) => largest(key, "mail")) +
    2 * itemOverhead +
    sessions * (average((key) => largest(key, "session")) + itemOverhead)
  );
};
