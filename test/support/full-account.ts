import { newAccount, type Account } from "../../lib/account/account.ts";
import type { ActivityEntry } from "../../lib/account/activity.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import type { Limits } from "../../lib/settings/limits.ts";
import { accountId, authenticatorId, challengeId, phoneId, sessionId, telegramId } from "./ids.ts";
import { aFallback, aNumber, aPhone, aSend } from "./phones.ts";
import { noon } from "./time.ts";

const hash = "h".repeat(43);
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
/** An id is a word and 22 characters. */
const name = (word: string, n: number | string) => `${word}_${String(n).padEnd(22, "x")}`;

/** A client that a host named, in a script with three bytes a letter. Our own names of devices are ASCII. */
const client = { ip: "2001:0db8:1111:2222:3333:4444:5555:6666", device: "漢".repeat(60) };

/**
 * An account with as much of everything as the limits allow. Every text is as long as it can be.
 */
export const aFullAccount = (limits: Limits): Account => {
  const { challenge, telegram, totp, phones, recoveryCodes, guesses, fallback, session } = limits;
  const fallbacks = limits.sends.calls + limits.sends.sms;
  let fallbacked = 0;
  const aChallenge = (kind: "sign_in" | "reauthentication" | "host", n: number, over: boolean) => {
    const withFallback = (fallbacked += 1) <= fallbacks;
    const made: Challenge = {
      id: challengeId(name("chal", `${kind}${n}`)),
      purpose: kind === "reauthentication" ? kind : "sign_in",
      secretHash: hash,
      epoch: 1_700_000_000,
      openedAt: noon,
      expiresAt: noon,
      client: kind === "host" ? client : { ...client, device: "d".repeat(60) },
      status: over ? "approved" : "pending",
      endedAt: over ? noon : null,
      wrongGuesses: 5,
      sessionId: sessionId(name("sess", n)),
      completion: over
        ? {
            sessionId: sessionId(name("sess", n)),
            method: "recovery_code",
            at: noon,
            epoch: 1_700_000_000,
            proof: 1_000_000,
            repeatKeyHash: hash,
            grantHash: hash,
            redeemedBy: "b".repeat(22),
          }
        : null,
      telegram: {
        numbers: ["12", "34", "56"],
        round: 10,
        promptedAt: noon,
        answeredBy: telegramId(name("tg", n)),
        messagesClosedAt: noon,
        chats: many(telegram.accounts, (chat) => ({
          id: telegramId(name("tg", chat)),
          userId: 9_007_199_254_740_991,
          language: "uk",
          state: "unreachable",
          claimedUntil: noon,
          messages: many(5, (message) => 2_000_000_000 + message),
        })),
      },
      fallback: withFallback
        ? aFallback({
            phoneId: phoneId(name("phone", n)),
            ip: client.ip,
            token: over ? null : "t".repeat(1024),
            sends: [
              aSend({
                state: "requested",
                claimedBy: hash,
                carrier: "telnyx-and-more",
                reference: "r".repeat(64),
                code: { kind: "told", hash },
              }),
            ],
          })
        : null,
      handoff:
        kind === "host"
          ? {
              tokenHash: hash,
              taken: { at: noon, repeatKeyHash: hash },
              returnTo: `https://panel.example/${"r".repeat(1_978)}`,
              replaces: sessionId(name("sess", n)),
            }
          : null,
    };
    return made;
  };
  const kinds = ["sign_in", "reauthentication", "host"] as const;
  const entries = (event: ActivityEntry["event"]) =>
    many(limits.activityEntries, (n) => ({
      ...client,
      at: noon,
      event,
      n: 1_000_000 + n,
      times: 1_000,
      method: "recovery_code" as const,
      challengeId: challengeId(name("chal", n)),
    }));
  const base = newAccount({
    id: accountId("a".repeat(128)),
    createdAt: noon,
    email: `${"m".repeat(240)}@example.com`,
  });
  return {
    ...base,
    password: `$argon2id$v=19$m=19456,t=2,p=1$${"s".repeat(22)}$${hash}`,
    keptSessionId: sessionId(name("sess", 1)),
    authenticators: many(totp.authenticators, (n) => ({
      id: authenticatorId(name("auth", n)),
      name: "😀".repeat(20),
      secret: "s".repeat(64),
      sealedBy: "k".repeat(8),
      enabledAt: noon,
      lastUsedAt: noon,
      lastStep: 60_000_000,
      spentSteps: many(totp.driftHintSteps + 3, (step) => 60_000_000 + step),
    })),
    totpEnrolment: {
      id: authenticatorId(name("auth", "new")),
      name: "😀".repeat(20),
      secret: "s".repeat(64),
      expiresAt: noon,
    },
    telegram: {
      enabled: true,
      accounts: many(telegram.accounts, (n) => ({
        id: telegramId(name("tg", n)),
        userId: 9_007_199_254_740_991,
        name: "😀".repeat(100),
        language: "uk",
        linkedAt: noon,
        reachable: false,
      })),
      link: {
        id: name("link", 1) as never,
        tokenHash: hash,
        expiresAt: noon,
        linkedAt: noon,
        answer: {
          userId: 9_007_199_254_740_991,
          name: "😀".repeat(100),
          language: "uk",
          messageId: 2_000_000_000,
        },
      },
      prompting: {
        promptedAt: many(telegram.promptsPerHour, () => noon),
        denials: 9,
        pausedUntil: noon,
      },
    },
    phones: many(phones.numbers, (n) => aPhone({ id: phoneId(name("phone", n)) })),
    phoneEnrolment: {
      ...aPhone({ number: aNumber("+380671234567") }),
      openedAt: noon,
      expiresAt: noon,
      wrongGuesses: 5,
      fallback: aFallback({ token: "t".repeat(1024), sends: many(5, (n) => aSend({ n })) }),
    },
    recoveryCodes: {
      createdAt: noon,
      left: [],
      used: many(recoveryCodes.count, () => hash),
    },
    challenges: kinds.flatMap((kind) => [
      ...many(challenge.open, (n) => aChallenge(kind, n, false)),
      ...many(challenge.open, (n) => aChallenge(kind, n + 1_000, true)),
      // The account keeps these for their messages, in one list for all kinds.
      ...(kind === "sign_in" ? many(challenge.open, (n) => aChallenge(kind, n + 2_000, true)) : []),
    ]),
    challengesOpenedAt: {
      sign_in: many(challenge.perHour, () => noon),
      reauthentication: many(challenge.reauthenticationsPerHour, () => noon),
      host: many(challenge.hostPerHour, () => noon),
    },
    sessionsBegunAt: many(session.live + 1, () => noon),
    done: many(8, () => ({ by: "b".repeat(22), at: noon, kind: "confirmed" })),
    guesses: {
      consecutiveWrong: 99,
      pausedUntil: noon,
      recoveryWrongAt: many(guesses.recovery, () => noon),
      callWrongAt: many(fallback.wrongCallCodes, () => noon),
      wrongAt: many(guesses.suspect, () => noon),
    },
    activity: {
      noted: 1_000_000,
      signIns: entries("challenge_unfinished"),
      changes: entries("recovery_codes_created"),
    },
    passwordKnownAt: noon,
    restoredFrom: noon,
  };
};
