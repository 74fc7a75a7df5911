import { expect } from "vitest";
import type { Reply } from "../support/service-browser.ts";
import type { Service } from "../support/service.ts";
import { marker } from "./bad-fields.ts";

export type Expected = readonly [status: number, code: string];

/** Sends it, and holds against it what every bad request must leave as it was. */
export const refused = async (
  { storage }: Service,
  send: () => Promise<Reply>,
  expected: Expected,
  values: readonly unknown[] = [],
): Promise<Reply> => {
  const before = await storage.snapshot();
  const reply = await send();
  expect([reply.status, reply.code], reply.text).toEqual(expected);
  expect(reply.setCookies).toEqual([]);
  expect(reply.text).not.toContain(marker);
  for (const value of values) {
    if (typeof value === "string" && value.length > 5) {
      expect(reply.text).not.toContain(value);
      expect(reply.text).not.toContain(JSON.stringify(value).slice(1, -1));
    }
  }
  expect(await storage.snapshot()).toEqual(before);
  return reply;
};
