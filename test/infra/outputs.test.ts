import { expect, test } from "vitest";
import * as z from "zod";
import { readCredentials } from "../../lib/phone/carriers/carrier-settings.ts";
import { carrierNames } from "../../lib/phone/carriers/carriers.ts";
import { synthesize } from "./synthesize.ts";

test("the secret's output shows the fields of every carrier, as the functions read them", () => {
  const output = z
    .object({ Description: z.string() })
    .parse(synthesize().template.Outputs["CarrierCredentialsSecret"]);
  const [shown = ""] = /\{.*\}/.exec(output.Description) ?? [];
  expect(Object.keys(readCredentials(shown))).toEqual(carrierNames);
});
