import { randomInt, randomUUID } from "node:crypto";
import { openJournal } from "../../aws/data/journal.ts";
import { createPlannedFaults } from "./phone-faults.ts";
import type { PlannedFaults } from "./phone-faults.ts";
import { applyPhoneChange, PhoneChange, phoneSnapshot } from "./phone-state.ts";
import type { Call, PhoneState, Sms } from "./phone-state.ts";

/** Where calls and SMS are kept, in the data directory. */
export const PHONES = "phones.jsonl";

/** All phones, and what was sent to them. */
export type Phones = {
  state: Readonly<PhoneState>;
  faults: PlannedFaults;
  now: () => number;
  /** Orders a call from a number that ends with `code`. A repeated order returns the same call. */
  call: (order: CallOrder) => { call: Call; exists: boolean };
  /** Delivers an SMS, or loses it. */
  text: (sms: Omit<Sms, "id" | "at">) => Sms;
  close: () => void;
};

type CallOrder = Pick<Call, "number" | "unique"> & {
  /** Undefined: any four digits. */
  code: string | undefined;
};

export type PhonesOptions = { path: string; now: () => number; onChange: () => void };

/** uCaller's own ids of calls are as long. */
const FIRST_CALL_ID = 50_000_001;

/** Opens the calls and SMS that are in the file at `path`. */
export function openPhones({ path, now, onChange }: PhonesOptions): Phones {
  const state: PhoneState = { calls: [], sms: [] };
  const journal = openJournal<PhoneChange>({
    path,
    schema: PhoneChange,
    apply: (change) => {
      applyPhoneChange(state, change);
      onChange();
    },
    snapshot: () => phoneSnapshot(state),
  });
  const faults = createPlannedFaults(onChange);

  return {
    state,
    faults,
    now,
    call: ({ number, unique, code }) => {
      const before = state.calls.find((call) => unique !== null && call.unique === unique);
      if (before) return { call: before, exists: true };
      const digits = code ?? String(randomInt(1, 10_000)).padStart(4, "0");
      const call: Call = {
        id: FIRST_CALL_ID + state.calls.length,
        number,
        // Each call comes from another Moscow number.
        from: `+7495${randomInt(100, 1000)}${digits}`,
        code: digits,
        unique,
        fate: faults.nextCall() ?? "rings",
        at: now(),
      };
      journal.record({ kind: "call", call });
      return { call, exists: false };
    },
    text: (about) => {
      const sms = { ...about, id: randomUUID(), at: now() };
      journal.record({ kind: "sms", sms });
      return sms;
    },
    close: journal.close,
  };
}
