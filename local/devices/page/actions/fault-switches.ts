import type { FaultPlan, TelegramFault } from "../../world/world.ts";
import type { PhoneFaultsWanted } from "./controls.ts";

export type FaultSwitch = {
  name: string;
  title: string;
  /** The id of the choice in force. If the faults were planned elsewhere, words for those. */
  chosen: string;
  choices: readonly { id: string; label: string; choose: () => unknown }[];
};

type Plan<Wanted> = (wanted: Wanted) => unknown;

const CALLS: readonly (readonly [string, string])[] = [
  ["lost", "none arrives"],
  ["failed", "carrier says “failed”"],
  ["carrier_down", "carrier is down"],
  ["carrier_slow", "carrier is slow"],
  ["no_money", "no money left"],
];

const SMS: readonly (readonly [string, string])[] = [
  ["lost", "none arrives"],
  ["throttled", "throttled"],
  ["spend_limit", "spend limit"],
  ["opted_out", "opted out"],
];

const TELEGRAM: readonly (readonly [string, string, TelegramFault])[] = [
  ["429", "answers 429", { status: 429, retryAfter: 5 }],
  ["500", "answers 500", { status: 500 }],
  ["hangs", "hangs for 10 s", { hangSeconds: 10 }],
];

/** The switch for calls. */
export function callFaults(now: FaultPlan<string>, plan: Plan<PhoneFaultsWanted>): FaultSwitch {
  const set = (next: string[], always: string | null) => () =>
    plan({ calls: next, always: { calls: always } });
  return {
    name: "calls",
    title: "Calls",
    chosen: now.always ?? (now.next.length > 0 ? "next" : "ok"),
    choices: [
      { id: "ok", label: "get through", choose: set([], null) },
      { id: "next", label: "next one does not", choose: set(["lost"], null) },
      ...CALLS.map(([id, label]) => ({ id, label, choose: set([], id) })),
    ],
  };
}

/** The switch for SMS. */
export function smsFaults(now: FaultPlan<string>, plan: Plan<PhoneFaultsWanted>): FaultSwitch {
  const set = (next: string[], always: string | null) => () =>
    plan({ sms: next, always: { sms: always } });
  return {
    name: "sms",
    title: "SMS",
    chosen: now.always ?? (now.next.length > 0 ? "next" : "ok"),
    choices: [
      { id: "ok", label: "get through", choose: set([], null) },
      { id: "next", label: "next one does not", choose: set(["lost"], null) },
      ...SMS.map(([id, label]) => ({ id, label, choose: set([], id) })),
    ],
  };
}

/** The switch for Telegram's answers to the bot. */
export function telegramFaults(
  { next, always }: FaultPlan<TelegramFault>,
  plan: Plan<TelegramFault | null>,
): FaultSwitch {
  const wordsOf = (fault: TelegramFault): string =>
    "status" in fault ? String(fault.status) : "hangs";
  const [first] = next;
  return {
    name: "telegram",
    title: "Telegram",
    chosen: always ? wordsOf(always) : first ? `next: ${wordsOf(first)}` : "ok",
    choices: [
      { id: "ok", label: "answers", choose: () => plan(null) },
      ...TELEGRAM.map(([id, label, fault]) => ({ id, label, choose: () => plan(fault) })),
    ],
  };
}
