import { expect, test } from "vitest";
import { aCarrier } from "../../phone/fallback/support/carriers.ts";
import { aPhoneAccount, aWorld } from "../../phone/fallback/support/world.ts";
import { memoryAccountIndex } from "../../support/memory-account-index.ts";

test.each(["we_choose", "carrier_tells", "carrier_checks"] as const)(
  "a call whose way back could not be kept is on record all the same: its code is good (%s)",
  async (kind) => {
    const index = {
      ...memoryAccountIndex(),
      put: () => Promise.reject(new Error("The table is down.")),
    };
    const world = aWorld(aPhoneAccount(), { carriers: [aCarrier(kind)], index });
    await world.request();
    expect((await world.answer(world.heard())).kind).toBe("completed");
    expect(world.log.map(({ message }) => message)).toContain("call_index_failed");
    await world.run(300);
    expect(world.placedAt).toHaveLength(1);
  },
);
