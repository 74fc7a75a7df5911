import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";

type Shown = {
  id: number;
  text: string;
  buttons: string[][];
  edited: boolean;
  at: string;
  from?: string;
};

export type TestPerson = {
  userId: number;
  send: (text: unknown) => Promise<number>;
  tap: (messageId: number, button: string) => Promise<{ status: number; body: unknown }>;
  block: (blocked: boolean) => Promise<number>;
  messages: (query?: string) => Promise<Shown[]>;
  /** The chat, once it has this many messages of the bot. */
  seen: (count: number) => Promise<Shown[]>;
};

export async function post(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** Somebody with Telegram, played by the controls. */
export async function aPerson(
  url: string,
  about: Record<string, unknown> = { name: "Ann", username: "ann", language: "en" },
): Promise<TestPerson> {
  const { status, body } = await post(`${url}/devices/api/telegram/users`, about);
  expect(status).toBe(201);
  return personOf(url, (body as { userId: number }).userId);
}

export function personOf(url: string, userId: number): TestPerson {
  const user = `${url}/devices/api/telegram/users/${userId}`;
  const messages = async (query = ""): Promise<Shown[]> =>
    ((await (await fetch(`${user}/messages${query}`)).json()) as { messages: Shown[] }).messages;
  return {
    userId,
    messages,
    send: async (text) => (await post(`${user}/send`, { text })).status,
    tap: (messageId, button) => post(`${user}/tap`, { messageId, button }),
    block: async (blocked) =>
      (await fetch(user, { method: "PUT", body: JSON.stringify({ blocked }) })).status,
    seen: (count) =>
      vi.waitUntil(
        async () => {
          const seen = await messages();
          return seen.length >= count ? seen : undefined;
        },
        { timeout: 10_000, interval: 20 },
      ),
  };
}

/** The functions' log lines that have this field, once there are so many. */
export async function logged(url: string, field: string, count: number): Promise<LogLine[]> {
  return vi.waitUntil(
    async () => {
      const { lines } = (await (await fetch(`${url}/devices/api/log`)).json()) as {
        lines: LogLine[];
      };
      const found = lines.filter((line) => field in line);
      return found.length >= count ? found : undefined;
    },
    { timeout: 10_000, interval: 20 },
  );
}

export type LogLine = Record<string, unknown>;

/** The bot's token, as it lies in the data directory. */
export async function storedToken(dataDir: string): Promise<string> {
  const text = await readFile(join(dataDir, "secrets.json"), "utf8");
  return (JSON.parse(text) as { Token: { value: string } }).Token.value;
}
