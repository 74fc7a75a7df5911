import * as z from "zod/mini";
import { contract } from "./contract.ts";

export const createRecoveryCodes = contract({
  operation: "createRecoveryCodes",
  method: "POST",
  path: "/v1/recovery-codes",
  summary: "Ten new recovery codes, shown this once; the old ones are dead",
  credential: "fresh_session",
  answers: { 201: z.object({ codes: z.array(z.string()) }) },
  problems: ["second_step_required"],
  examples: { answers: { 201: { codes: ["7hq3k-m0x4p", "0s9vd-2trfa"] } } },
});
