import { expect, test } from "vitest";
import {
  contentsOf,
  ringingCall,
  strayNumbers,
  unseenOf,
} from "../../../../local/devices/page/state/phone-contents.ts";
import { readKeptPhones } from "../../../../local/devices/page/state/kept-phones.ts";
import { newPhone, readNumber, writeNumber } from "../../../../local/devices/page/state/phone.ts";
import { firstPhones } from "../../../../local/devices/page/actions/owners.ts";
import { stretchesOf } from "../../../../local/devices/page/state/rich-text.ts";
import {
  initialState,
  openApp,
  screenOf,
  withScreen,
  withWorld,
} from "../../../../local/devices/page/state/state.ts";
import { callFaults } from "../../../../local/devices/page/actions/fault-switches.ts";
import type { World } from "../../../../local/devices/world/world.ts";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

const NUMBER = "+380501234542";
const randomness = { id: () => "p1", below: () => 1_234_542 % 11 };
const phone = { ...newPhone([], randomness), userId: 7, number: NUMBER };

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();

function aWorld(second: number, calls: number[] = []): World {
  return {
    version: second,
    now: at(second),
    telegram: {
      kind: "fake",
      bot: "some_bot",
      people: [
        { userId: 7, name: "Olena", language: "uk", started: true, blocked: false, messages: [] },
      ],
      faults: { next: [], always: null },
    },
    phones: {
      numbers: [
        {
          number: NUMBER,
          calls: calls.map((each) => ({
            id: String(each),
            from: "+74951230042",
            at: at(each),
            ringsUntil: at(each + 25),
          })),
          sms: [],
        },
      ],
      calls: { next: [], always: null },
      sms: { next: [], always: null },
    },
    services: [],
  };
}

test("only what came after somebody looked is new, and looking ends it", () => {
  const unseen = (state: ReturnType<typeof withWorld>) =>
    unseenOf(contentsOf(state.world, phone), screenOf(state, phone)).calls;
  const first = withWorld(initialState([phone]), aWorld(10, [5]), 0);
  expect(unseen(first)).toBe(0);
  const attempt = withWorld(first, aWorld(20, [5, 12]), 0);
  expect(unseen(attempt)).toBe(1);
  const looking = openApp(attempt, phone, "calls");
  expect(unseen(looking)).toBe(0);
  expect(unseen(withWorld(looking, aWorld(30, [5, 12, 25]), 0))).toBe(0);
});

test("a call rings for a while, unless it is waved away", () => {
  const state = withWorld(initialState([phone]), aWorld(10, [8]), 0);
  const ringing = (second: number, now = state) =>
    ringingCall(contentsOf(now.world, phone), screenOf(now, phone), Date.parse(at(second)))?.id;
  expect([ringing(10), ringing(32), ringing(33)]).toEqual(["8", "8", undefined]);
  expect(ringing(10, withScreen(state, phone, { silencedCall: "8" }))).toBeUndefined();
});

test("a number that rings on no phone is noticed", () => {
  expect(strayNumbers(aWorld(10), [phone])).toEqual([]);
  expect(strayNumbers(aWorld(10), [{ ...phone, number: "+380670000000" }])).toEqual([NUMBER]);
});

test("a browser without phones takes over the people of the stack", () => {
  expect(firstPhones(aWorld(10), randomness)).toMatchObject([
    { owner: "Olena", language: "uk", userId: 7 },
  ]);
});

test("made-up numbers are mobile numbers of Ukraine", () => {
  for (let prefix = 0; prefix < 11; prefix += 1) {
    const { number } = newPhone([], { id: () => "", below: (limit) => prefix % limit });
    expect(parsePhoneNumberFromString(number)).toMatchObject({ country: "UA" });
    expect(parsePhoneNumberFromString(number)?.isValid()).toBe(true);
  }
});

test("numbers are read and written as people do", () => {
  expect(["+380 (50) 123-45-42", "00380501234542"].map(readNumber)).toEqual([NUMBER, NUMBER]);
  expect(["050 123 45 42", "+0123456789", "+38050", ""].map(readNumber)).toEqual(
    Array(4).fill(undefined),
  );
  expect([NUMBER, "+4930123456"].map(writeNumber)).toEqual(["+380 50 123 45 42", "+4930123456"]);
});

test.each([null, "", "{", "[{}]", '"x"'])("kept phones that read %j are none", (kept) => {
  expect(readKeptPhones({ getItem: () => kept })).toEqual([]);
});

test("a text is cut where its looks change, also inside each other", () => {
  expect(
    stretchesOf("plain bold both end", [
      { type: "bold", offset: 6, length: 9 },
      { type: "italic", offset: 11, length: 4 },
    ]).map(({ text, marks }) => [text, ...marks]),
  ).toEqual([["plain "], ["bold ", "bold"], ["both", "bold", "italic"], [" end"]]);
  expect(stretchesOf("", [])).toEqual([]);
});

test("the switch for calls shows what is in force, and faults of others too", () => {
  const chosen = (next: string[], always: string | null) =>
    callFaults({ next, always }, () => undefined).chosen;
  expect([chosen([], null), chosen(["lost"], null), chosen([], "carrier_down")]).toEqual([
    "ok",
    "next",
    "carrier_down",
  ]);
});
