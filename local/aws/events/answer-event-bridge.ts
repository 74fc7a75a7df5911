import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";

const Entry = z.object({
  EventBusName: z.string(),
  Source: z.string().check(z.minLength(1)),
  DetailType: z.string().check(z.minLength(1), z.maxLength(128)),
  Detail: z.string(),
  /** Seconds since 1970. */
  Time: z.optional(z.number()),
});
// AWS takes at most ten entries in one call.
const PutEvents = z.object({ Entries: z.array(Entry).check(z.minLength(1), z.maxLength(10)) });

/** An event as rules would see it. */
export type BusEvent = { id: string; bus: string; source: string; type: string; detail: unknown };

/** The newest events, oldest first. Older ones are dropped, because there are no rules here that would use them. */
export type Bus = { readonly names: readonly string[]; readonly events: BusEvent[] };

const KEPT = 200;

/** Answers PutEvents as EventBridge does (JSON 1.1). */
export function answerEventBridge(bus: Bus): (request: GatewayRequest) => Answer {
  return ({ headers, body }) => {
    if (headers["x-amz-target"] !== "AWSEvents.PutEvents")
      return reply(400, { __type: "UnknownOperationException" });
    const input = PutEvents.safeParse(parseJson(body.toString()));
    if (!input.success)
      return reply(400, { __type: "ValidationException", message: z.prettifyError(input.error) });
    const results = input.data.Entries.map((entry) => put(bus, entry));
    return reply(200, {
      FailedEntryCount: results.filter((result) => "ErrorCode" in result).length,
      Entries: results,
    });
  };
}

function put(bus: Bus, entry: z.infer<typeof Entry>): Record<string, string> {
  const detail = parseJson(entry.Detail);
  if (typeof detail !== "object" || detail === null)
    return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  // AWS accepts an event for a bus that does not exist. Here the entry fails, so that the mistake shows.
  if (!bus.names.includes(entry.EventBusName))
    return { ErrorCode: "ResourceNotFound", ErrorMessage: "There is no such event bus." };
  const id = randomUUID();
  bus.events.push({
    id,
    bus: entry.EventBusName,
    source: entry.Source,
    type: entry.DetailType,
    detail,
  });
  bus.events.splice(0, bus.events.length - KEPT);
  return { EventId: id };
}

function reply(status: number, body: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() },
    body: JSON.stringify(body),
  };
}
