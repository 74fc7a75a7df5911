import type { Method } from "./challenge.ts";
import type { Account, Context } from "./account.ts";
import type { ChallengeId, Instant } from "./ids.ts";

/** Where a request came from, as the person would recognise it: "Firefox on Windows". */
export type Client = { readonly ip: string; readonly device: string };

/** What became of right passwords, and of proving it again. */
const signInEvents = [
  /** The password was right, the second step is not done yet. */
  "challenge_opened",
  "signed_in",
  "reauthenticated",
  "sign_in_denied",
  "challenge_locked",
  "challenge_cancelled",
  /** Nobody answered in time. */
  "challenge_expired",
  /** It was approved, and the browser never came for it. */
  "challenge_unfinished",
] as const;

/** What changed about the account, and what its owner should look at. */
type ChangeEvent =
  | "password_known"
  | "password_changed"
  | "email_changed"
  | "codes_off"
  | "calls_off"
  | "guessing_suspected"
  | "totp_enabled"
  | "totp_removed"
  | "telegram_linked"
  | "telegram_unlinked"
  | "telegram_enabled"
  | "telegram_disabled"
  | "phone_added"
  | "phone_removed"
  | "recovery_codes_created"
  | "recovery_code_used"
  | "sessions_ended"
  | "reset_by_host"
  /** By whoever operates the service; these have no client. */
  | "recovery_codes_voided"
  | "restored";

export type ActivityEvent = (typeof signInEvents)[number] | ChangeEvent;

export type ActivityEntry = Client & {
  /** When it happened, the last time. */
  readonly at: Instant;
  readonly event: ActivityEvent;
  /** Names the entry among all that were ever noted of the account; a repeat gets a new one. */
  readonly n: number;
  /** How often it happened, each time within a day of the last, a sign-in within a week; absent: once. */
  readonly times?: number;
  /** Of a sign-in that was completed. */
  readonly method?: Method;
  /** Of a second step that is not over yet. */
  readonly challengeId?: ChallengeId;
};

/**
 * What the owner can look at. Sign-ins and changes have their entries apart: whoever knows the password can make any
 * number of the first, and must not wash out the second.
 */
export type Activity = {
  /** How much was ever noted. */
  readonly noted: number;
  /** Newest first, as `changes`. */
  readonly signIns: readonly ActivityEntry[];
  readonly changes: readonly ActivityEntry[];
};

export const noActivity: Activity = { noted: 0, signIns: [], changes: [] };

/** How long after the last time the same thing from the same place is counted in the entry that is there. */
const repeatMilliseconds = { signIns: 7 * 86_400_000, changes: 86_400_000 };

/** The account with one more entry, or one more time on the entry that says the same; the oldest falls off. */
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
 * Tells what became of a second step, in place of the entry that it was opened with.
 *
 * @param client who ended it, or who opened it where nobody did.
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

/** All entries, the newest first. */
export const recentActivity = ({ activity }: Account): ActivityEntry[] =>
  [...activity.signIns, ...activity.changes].sort((a, b) => b.at - a.at || b.n - a.n);

/** What was noted since an earlier state of the same account, oldest first. */
export const notedSince = (before: Account, after: Account): ActivityEntry[] =>
  recentActivity(after)
    .filter(({ n }) => n > before.activity.noted)
    .sort((a, b) => a.n - b.n);
