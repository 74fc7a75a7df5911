import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Time } from "./fields.ts";

export const readTime = contract({
  operation: "readTime",
  method: "GET",
  path: "/v1/time",
  summary: "The server's time, to compare a clock with",
  credential: "none",
  answers: { 200: z.object({ now: Time }) },
  problems: [],
  examples: { answers: { 200: { now: "2026-11-24T10:00:00.000Z" } } },
});
