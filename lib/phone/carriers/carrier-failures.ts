import { failure, type Measure } from "../../log/measure.ts";
import type { PlacedCall } from "./place-call.ts";

/**
 * Counts an order at each carrier that was tried: as a failure where the carrier did not do its work. A carrier that
 * refuses a number, or does not call to a country, does its work.
 */
export const carrierFailures = ({ carrier, failed }: PlacedCall): readonly Measure[] => [
  ...failed.map((one) => failure("CarrierFailed", true, { carrier: one.carrier })),
  ...(carrier === null || failed.some((one) => one.carrier === carrier)
    ? []
    : [failure("CarrierFailed", false, { carrier })]),
];
