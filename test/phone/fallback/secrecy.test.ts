import { expect, test } from "vitest";
import { effectsOf } from "../../../lib/runtime/effects.ts";
import { addPhone } from "../../../lib/phone/add-phone.ts";
import { phoneId } from "../../support/ids.ts";
import { aNumber, aPhone } from "../../support/phones.ts";
import { aCarrier } from "./support/carriers.ts";
import { aPhoneAccount, aWorld, otherThan, type World } from "./support/world.ts";

/** As a word or a number of its own, so that digits of a time or of a hash are no find. */
const holds = (text: string, code: string) =>
  new RegExp(`(?<![\\w.-])${code}(?![\\w.-])`).test(text);

/** Everything that went on: three calls, one of them wrongly typed, two SMS, and another number begun. */
const aStory = async (kind: Parameters<typeof aCarrier>[0]) => {
  const world = aWorld(aPhoneAccount(), { carriers: [aCarrier(kind)] });
  const items: string[] = [];
  const effects: string[] = [];
  const save = world.services.accounts.save.bind(world.services.accounts);
  Object.assign(world.services.accounts, {
    save: async (...given: Parameters<typeof save>) => {
      const before = await world.account();
      items.push(JSON.stringify(given[0]));
      effects.push(JSON.stringify(effectsOf(before, given[0])));
      return save(...given);
    },
  });
  const codes = new Set<string>();
  const note = () => {
    for (const order of world.carrier.orders) codes.add(world.carrier.codeOf(order));
    for (const { text } of world.sms.orders) codes.add(/^\d{6}/.exec(text)?.[0] ?? "");
  };
  await world.request();
  await world.answer(otherThan(world.heard()));
  await world.run(130);
  await world.run(60);
  await world.request();
  const number = aNumber("+380671234567");
  const begun = { ...aPhone(), id: phoneId("phone_begun"), number, ip: "192.0.2.7" };
  await world.decide((one, now) => addPhone(one, begun, now));
  await world.run(130);
  await world.answer(world.read());
  note();
  return { world, items, effects, codes, number };
};

const outside = ({ log, jobs, asked, started, index }: World) =>
  JSON.stringify([log, jobs, asked, started(), index.keys()]);

test.each(["we_choose", "carrier_tells", "carrier_checks"] as const)(
  "no code is ever in the account's item, in an effect, a log line, an execution or an index (%s)",
  async (kind) => {
    const { world, items, effects, codes } = await aStory(kind);
    expect(codes.size).toBeGreaterThanOrEqual(5);
    expect(items.length).toBeGreaterThan(10);
    const seen = [...items, ...effects, outside(world)];
    for (const code of codes) {
      expect(seen.filter((text) => holds(text, code))).toEqual([]);
    }
  },
);

test("no full number is in an effect, a log line, an execution or an index", async () => {
  const { world, effects, number } = await aStory("we_choose");
  const seen = [...effects, outside(world)].join("\n");
  for (const one of [number, aPhone().number]) expect(seen).not.toContain(one.slice(1));
});

test("no task token is in a log line, nor with the call that an execution placed", async () => {
  const { world } = await aStory("we_choose");
  expect(JSON.stringify(world.log)).not.toMatch(/token-\d/);
  const sends = (await world.account()).challenges[0]?.fallback?.sends ?? [];
  expect(sends.length).toBeGreaterThan(3);
  for (const { claimedBy } of sends) expect(claimedBy).toMatch(/^challenge-\d$/);
});

test("the search finds a code where there is one", () => {
  expect(holds('{"code":"0042"}', "0042")).toBe(true);
  expect(holds('{"code":1042}', "1042")).toBe(true);
  expect(holds("at 1795521042000", "1042")).toBe(false);
});
