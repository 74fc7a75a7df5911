import * as z from "zod/mini";
import { contract } from "./contract.ts";

export const readHealth = contract({
  operation: "readHealth",
  method: "GET",
  path: "/v1/health",
  summary: "Whether the service can decide anything: it reads its store",
  credential: "none",
  answers: { 200: z.object({ status: z.literal("ok") }) },
  problems: [],
  examples: { answers: { 200: { status: "ok" } } },
});
