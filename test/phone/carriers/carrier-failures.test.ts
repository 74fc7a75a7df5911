import { expect, test } from "vitest";
import { carrierFailures } from "../../../lib/phone/carriers/carrier-failures.ts";
import type { PlacedCall } from "../../../lib/phone/carriers/place-call.ts";

const placed = { kind: "placed", reference: "1" } as const;
const refused = (reason: "number" | "country" | "no_money") =>
  ({ kind: "refused", reason }) as const;

test.each<[string, Omit<PlacedCall, "breakers">, readonly string[]]>([
  [
    "a call that is placed is no failure",
    { carrier: "acme", result: placed, failed: [] },
    ["acme 0"],
  ],
  [
    "a number that cannot be called is no failure",
    { carrier: "acme", result: refused("number"), failed: [] },
    ["acme 0"],
  ],
  [
    "each carrier that failed on the way is one, and the one that placed the call is none",
    { carrier: "beta", result: placed, failed: [{ carrier: "acme", reason: "unknown" }] },
    ["acme 1", "beta 0"],
  ],
  [
    "the last carrier that failed is counted once",
    {
      carrier: "acme",
      result: refused("no_money"),
      failed: [{ carrier: "acme", reason: "no_money" }],
    },
    ["acme 1"],
  ],
  [
    "where none could be tried, none is counted",
    { carrier: null, result: refused("no_money"), failed: [] },
    [],
  ],
])("%s", (_, call, counted) => {
  const measures = carrierFailures({ ...call, breakers: {} });
  expect(
    measures.map(({ value, dimensions }) => `${Object.values(dimensions).join()} ${value}`),
  ).toEqual(counted);
});
