import { expect, vi } from "vitest";
import { post } from "./people.ts";

type ShownCall = { id: string; from: string; at: string; state: "ringing" | "ended" };
type ShownSms = { from: string; text: string; at: string };

export type TestPhone = {
  calls: () => Promise<ShownCall[]>;
  sms: () => Promise<ShownSms[]>;
  /** The last four digits of the call, once there were so many. */
  called: (count: number) => Promise<string>;
  /** The six digits of the SMS, once there were so many. */
  texted: (count: number) => Promise<string>;
};

/** A phone, looked at by the controls. */
export function aPhone(url: string, number: string): TestPhone {
  const look = async () => {
    const response = await fetch(`${url}/devices/api/phones/${encodeURIComponent(number)}`);
    return (await response.json()) as { calls: ShownCall[]; sms: ShownSms[] };
  };
  const nth = <Item>(items: () => Promise<Item[]>, count: number) =>
    vi.waitUntil(async () => (await items())[count - 1], { timeout: 10_000, interval: 20 });
  const calls = async () => (await look()).calls;
  const sms = async () => (await look()).sms;
  return {
    calls,
    sms,
    called: async (count) => (await nth(calls, count)).from.slice(-4),
    texted: async (count) => (await nth(sms, count)).text.slice(0, 6),
  };
}

export async function planFaults(url: string, faults: unknown): Promise<void> {
  expect((await post(`${url}/devices/api/phones/faults`, faults)).status).toBe(202);
}
