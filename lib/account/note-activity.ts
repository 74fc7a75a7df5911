import type { Account, Context } from "./account.ts";
import { signInEvents, type ActivityEntry, type ActivityEvent } from "./activity.ts";
import type { Client } from "./client.ts";
import type { ChallengeId } from "./ids.ts";

/** How long after its last time an entry also counts a repeat: the same event from the same address and device. */
const repeatMilliseconds = { signIns: 7 * 86_400_000, changes: 86_400_000 };

/** Adds an entry, or counts a repeat on the entry that says the same. A full list loses its oldest entry. */
export const noteActivity = (
  account: Account,
  event: ActivityEvent,
  client: Client,
  { now, limits }: Context,
  more: Pick<ActivityEntry, "method" | "challengeId"> = {},
): Account => {
  const { activity } = account;
  const list = (signInEvents as readonly string[]).includes(event) ? "signIns" : "changes";
  const { ip, device } = client;
  const same = (one: ActivityEntry) =>
    one.event === event &&
    one.ip === ip &&
    one.device === device &&
    one.method === more.method &&
    one.challengeId === undefined &&
    more.challengeId === undefined &&
    one.at > now - repeatMilliseconds[list];
  const before = activity[list].find(same);
  const noted = activity.noted + 1;
  const entry: ActivityEntry = {
    ...before,
    at: now,
    event,
    n: noted,
    ip,
    device,
    ...more,
    ...(before && { times: (before.times ?? 1) + 1 }),
  };
  const entries = [entry, ...activity[list].filter((one) => one !== before)];
  return {
    ...account,
    activity: { ...activity, noted, [list]: entries.slice(0, limits.activityEntries) },
  };
};

/**
 * Notes how a second step ended, in place of the entry of its opening.
 *
 * @param client the client that ended it, or the one that opened it if no client ended it.
 */
export const noteEnding = (
  account: Account,
  id: ChallengeId,
  event: ActivityEvent,
  client: Client,
  context: Context,
  more: Pick<ActivityEntry, "method"> = {},
): Account => {
  const { activity } = account;
  const signIns = activity.signIns.filter(({ challengeId }) => challengeId !== id);
  return noteActivity(
    { ...account, activity: { ...activity, signIns } },
    event,
    client,
    context,
    more,
  );
};

/** All entries, newest first. */
export const recentActivity = ({ activity }: Account): ActivityEntry[] =>
  [...activity.signIns, ...activity.changes].sort((a, b) => b.at - a.at || b.n - a.n);

/** The entries that are newer than an earlier state of the same account, oldest first. */
export const notedSince = (before: Account, after: Account): ActivityEntry[] =>
  recentActivity(after)
    .filter(({ n }) => n > before.activity.noted)
    .sort((a, b) => a.n - b.n);
