import type { PhonesWorld, ShownNumber } from "../world/world.ts";
import { reachesPhone, ringsUntil } from "./phone-state.ts";
import type { Phones } from "./phones.ts";

/** The page shows at most this many calls of a number, and this many SMS. */
const SHOWN = 50;

/** The phones as people see them, and the planned faults of calls and SMS. */
export function showPhones({ state, faults }: Pick<Phones, "state" | "faults">): PhonesWorld {
  const calls = state.calls.filter(reachesPhone);
  const sms = state.sms.filter(({ lost }) => !lost);
  const numbers = [...new Set([...calls, ...sms].map(({ number }) => number))];
  return {
    numbers: numbers.map((number): ShownNumber => ({
      number,
      calls: newestOf(calls, number).map((call) => ({
        id: String(call.id),
        from: call.from,
        at: timeOf(call.at),
        ringsUntil: timeOf(ringsUntil(call)),
      })),
      sms: newestOf(sms, number).map(({ id, from, text, at }) => ({
        ...{ id, from, text },
        at: timeOf(at),
      })),
    })),
    ...faults.planned(),
  };
}

const newestOf = <Item extends { number: string }>(
  items: readonly Item[],
  number: string,
): Item[] => items.filter((item) => item.number === number).slice(-SHOWN);

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
