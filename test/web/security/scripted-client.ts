import { createClient, type Client } from "../../../web/client.ts";
import type { SecurityView } from "../../../web/client.ts";

export type Answer = { readonly status: number; readonly body?: unknown };

/** A real client, whose requests get these answers in order; what it asked for is in `asked`. */
export const scriptedClient = (...answers: readonly (Answer | "lost")[]) => {
  const asked: string[] = [];
  const rest = [...answers];
  const client: Client = createClient({
    api: "https://id.example.com",
    fetch: (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      asked.push(`${init?.method ?? "GET"} ${pathname}`);
      const answer = rest.shift();
      if (answer === undefined || answer === "lost")
        return Promise.reject(new TypeError("offline"));
      const { status, body } = answer;
      const type = status < 400 ? "application/json" : "application/problem+json";
      return Promise.resolve(
        status === 204
          ? new Response(null, { status })
          : Response.json(body, { status, headers: { "content-type": type } }),
      );
    },
  });
  return { client, asked };
};

export const refusal = (status: number, code: string, details: object = {}): Answer => ({
  status,
  body: { code, ...details },
});

export const done = (body: unknown, status = 200): Answer => ({ status, body });

export const aView = (changes: Partial<SecurityView> = {}): SecurityView => ({
  secondStep: false,
  passwordKnown: false,
  telegram: { enabled: false, accounts: [] },
  authenticators: [],
  phones: { active: false, numbers: [] },
  recoveryCodes: { left: 0, createdAt: null },
  recentActivity: [],
  ...changes,
});

const at = "2026-11-24T10:00:00.000Z";

export const anApp = (id: string) => ({ id, name: id, enabledAt: at, lastUsedAt: null });
export const anAccount = (id: string) => ({ id, name: id, linkedAt: at, reachable: true });
export const aNumber = (id: string) => ({ id, masked: "+380 ** *** ** 42", confirmedAt: at });
