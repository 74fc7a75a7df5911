import type { Account } from "../../lib/account/account.ts";
import { dynamoAccountStore } from "../../lib/runtime/dynamo-account-store.ts";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { mailKeys } from "../../lib/account/mail-index.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { dynamoSessionStore } from "../../lib/runtime/dynamo-session-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { isLive, type Session } from "../../lib/sessions/session.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import type { StorageCall } from "../support/service-storage.ts";
import { fixedKeys } from "../support/service-routes.ts";
import type { Service } from "../support/service.ts";
import { claims } from "./held-claims.ts";
import type { Stage } from "./held-casts.ts";
import { rivalOf, type Cast, type Change } from "./held-requests.ts";

/** What was sent, and what came back. */
export type Sent = {
  readonly change: Change;
  readonly reply: Reply;
  /** The session that the sender's browser had when it sent: `account.id.secret`. */
  readonly heldBefore: string | undefined;
  readonly repeatKey: string;
};

/** How things stand after the requests; read within their world. */
export type Aftermath = {
  readonly now: number;
  readonly cast: Cast;
  readonly sent: readonly Sent[];
  readonly before: Pick<Stage, "account" | "sessions">;
  readonly account: Account;
  readonly rival: Account | undefined;
  readonly sessions: readonly Session[];
  /** By mail: whom its entries name, under each key. */
  readonly entries: ReadonlyMap<string, readonly (AccountId | undefined)[]>;
};

export const readAftermath = async (
  { storage, clock }: Service,
  cast: Cast,
  sent: readonly Sent[],
  before: Stage,
): Promise<Aftermath> => {
  const table = tableOf(storage.client, storage.tableName);
  const id = cast.subject.person.id as AccountId;
  const accounts = dynamoAccountStore(table);
  const [loaded, rivalLoaded, sessions, keys] = await Promise.all([
    accounts.load(id),
    sent.some(({ change }) => change.operation === "putAccount")
      ? accounts.load(rivalOf(id) as AccountId)
      : undefined,
    dynamoSessionStore(table, defaultLimits).list(id),
    fixedKeys("lookup")(),
  ]);
  if (!loaded) throw new Error("The account is gone.");
  const [account, rival] = [loaded.value, rivalLoaded?.value];
  const mails = dynamoMailIndex(table);
  const entries = new Map<string, (AccountId | undefined)[]>([[before.account.email, [id]]]);
  // An entry that no request came near is as it was.
  const near = sent.flatMap(({ reply }) => reply.calls).some((call) => touches(call, "mail#"));
  for (const { email } of near ? [account, ...(rival ? [rival] : [])] : []) {
    const found = await Promise.all(mailKeys(keys, email).map((key) => mails.find(key)));
    entries.set(
      email,
      found.map((entry) => entry?.accountId),
    );
  }
  const now = clock.now();
  return { now, cast, sent, before, account, rival, sessions, entries };
};

const touches = ({ input }: StorageCall, partition: string): boolean =>
  JSON.stringify(input).includes(`"pk":"${partition}`);

type Invariant = (after: Aftermath) => boolean;

const live = ({ account, sessions, now }: Aftermath): Session[] =>
  sessions.filter((one) => isLive(one, account, { now, limits: defaultLimits }));

/** A session with its secret, as the store and as a cookie (`account.id.secret`) know it. */
const storedAs = ({ id, secretHash }: Session) => `${id} ${secretHash}`;
const heldAs = (cookie: string) => {
  const [, id, secret = ""] = cookie.split(".");
  return `${id} ${hashToken(secret)}`;
};

export const isGood = (after: Aftermath, cookie: string): boolean =>
  live(after).some((one) => storedAs(one) === heldAs(cookie));

const succeeded = ({ reply }: Sent) => reply.status < 400;
/** A request that failed on the way may have done what it was to do. */
const mayHaveDone = (sent: Sent) => succeeded(sent) || sent.reply.status >= 500;

const endsEverybody = (sent: Sent) =>
  ["resetAccount", "endAccountSessions"].includes(sent.change.operation) ||
  // The one valid request of its route that brings a password along.
  sent.change.name === "putAccount";

/** Requests after which every session but the sender's is over. */
const endsOthers = new Set([
  "changePassword",
  "endOtherSessions",
  "createRecoveryCodes",
  "confirmTotp",
  "removeTotp",
  "confirmTelegramLink",
  "switchTelegram",
  "unlinkTelegram",
  "confirmPhone",
  "removePhone",
  "answerRecoveryCode",
]);

export const sessionOf = (browser: Browser): string | undefined =>
  browser.has("__Host-session") ? browser.cookie("__Host-session").split("=")[1] : undefined;

const idOf = (cookie: string | undefined) => cookie?.split(".")[1];

export const givenBy = ({ setCookies }: Reply): string[] =>
  setCookies.flatMap((cookie) => /^__Host-session=([^;]+\.[^;]+);/.exec(cookie)?.[1] ?? []);

/** The sessions that a request leaves when it ends others: the one that it made, or that it was sent with. */
const survivors = ({ change, reply, heldBefore }: Sent) =>
  isAnswer(change) ? givenBy(reply).map(idOf) : [idOf(heldBefore)];

/** Whether somebody asked for the end of this session, and was not refused. */
const mayBeOver = ({ sent, cast }: Aftermath, cookie: string): boolean =>
  sent.filter(mayHaveDone).some((one) => {
    const { operation } = one.change;
    const isItsOwn = idOf(cookie) === idOf(one.heldBefore);
    if (endsEverybody(one)) return true;
    if (endsOthers.has(operation)) return !survivors(one).includes(idOf(cookie));
    if (operation === "endSession") return idOf(cookie) === cast.subject.otherSessionId;
    if (operation === "signOut") return isItsOwn;
    // A new sign-in in a browser takes the place of the one before.
    return isItsOwn && givenBy(one.reply).some((made) => idOf(made) !== idOf(cookie));
  });

export const senders = ["owner", "other", "visitor", "guest"] as const;

/** The invariants of requirement 41, by name. */
export const invariants: Readonly<Record<string, Invariant>> = {
  "no answer is a fault": ({ sent }) =>
    sent.every(({ reply }) => reply.status < 500 || reply.status === 503),

  "no two accounts have the same mail": ({ account, rival }) => account.email !== rival?.email,

  "the entries of an account's own mail exist and name it": ({ account, rival, entries }) =>
    [account, ...(rival ? [rival] : [])].every(
      ({ id, email }) => entries.get(email)?.every((named) => named === id) ?? false,
    ),

  "no session is live that nobody holds": (after) => {
    const given = after.sent.flatMap(({ reply }) => givenBy(reply)).map(heldAs);
    const held = new Set([...after.before.sessions.map(storedAs), ...given]);
    return live(after).every((one) => held.has(storedAs(one)));
  },

  "the session that was answered last to a browser is good": (after) =>
    senders.every((sender) => {
      const cookie = sessionOf(after.cast[sender]);
      return cookie === undefined || isGood(after, cookie) || mayBeOver(after, cookie);
    }),

  "answers and account agree": (after) =>
    after.sent.every((one, i) => {
      const claim = succeeded(one)
        ? (claims[one.change.name] ?? claims[one.change.operation])
        : undefined;
      const others = after.sent.filter((_, n) => n !== i).filter(mayHaveDone);
      const undone = others.some(({ change }) => claim?.unless.includes(change.operation));
      return !claim || undone || claim.holds(after, one.reply.body as { id?: string });
    }),

  "a grant is told to one request": ({ sent }) => {
    const told = sent.filter((one) => one.change.operation === "redeemGrant" && succeeded(one));
    return new Set(told.map(({ repeatKey }) => repeatKey)).size <= 1;
  },

  "one completion is one session": ({ sent }) => {
    const completed = sent.filter(
      ({ change, reply }) => isAnswer(change) && change.by === "visitor" && reply.status === 200,
    );
    const ids = completed.flatMap(({ reply }) => givenBy(reply).map(idOf));
    return new Set(ids).size <= 1;
  },
};

const isAnswer = ({ operation }: Change) =>
  ["answerTotp", "answerPhoneCode", "answerRecoveryCode", "completeChallenge"].includes(operation);
