import * as z from "zod/mini";
import type { TelegramFault } from "../../world/world.ts";

const Problem = z.object({ code: z.string(), title: z.string(), detail: z.optional(z.string()) });
const NewUser = z.object({ userId: z.number() });
const Tapped = z.object({ notice: z.optional(z.string()), url: z.optional(z.string()) });

export type PhoneFaultsWanted = {
  calls?: string[];
  sms?: string[];
  always?: { calls?: string | null; sms?: string | null };
};

/** The stack's controls, as this page uses them. Each rejects with a sentence for people if the stack did not do it. */
export const controls = {
  advance: (advanceSeconds: number) => send("POST", "clock", { advanceSeconds }),
  addUser: async (name: string, language: string): Promise<number> =>
    NewUser.parse(await send("POST", "telegram/users", { name, language })).userId,
  changeUser: (
    userId: number,
    change: { name?: string; language?: string; blocked?: boolean },
  ): Promise<unknown> => send("PUT", `telegram/users/${userId}`, change),
  write: (userId: number, text: string) => send("POST", `telegram/users/${userId}/send`, { text }),
  /** Resolves to the bot's notice, if it gives one. */
  tap: async (userId: number, messageId: number, button: string): Promise<string | undefined> =>
    Tapped.parse(await send("POST", `telegram/users/${userId}/tap`, { messageId, button })).notice,
  planPhones: (faults: PhoneFaultsWanted) => send("POST", "phones/faults", faults),
  planTelegram: (always: TelegramFault | null) =>
    send("POST", "telegram/faults", { faults: [], always }),
  clearServiceFaults: () => send("DELETE", "faults/services"),
};

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`/devices/api/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (!response) throw new Error("The stack does not answer.");
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const problem = Problem.safeParse(answer);
  throw new Error(
    problem.success
      ? (problem.data.detail ?? problem.data.title)
      : `The stack answered ${response.status}.`,
  );
}
