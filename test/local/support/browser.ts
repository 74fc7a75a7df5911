import { expect } from "vitest";
import { totpCode } from "../../support/service-totp.ts";

export type Sent = {
  via: "call" | "sms";
  attempt: number;
  digits: number;
  next: { via: "call" | "sms"; availableAt: string } | null;
};

type Answered<Body> = { status: number; body: Body };

export type TestBrowser = {
  send: <Body = unknown>(method: string, path: string, body?: unknown) => Promise<Answered<Body>>;
  has: (cookie: string) => boolean;
};

/** A browser with cookies; `more` headers are what stands between adds. */
export function aBrowser(url: string, more: Readonly<Record<string, string>> = {}): TestBrowser {
  const jar = new Map<string, string>();
  return {
    has: (cookie) => jar.has(cookie),
    send: async (method, path, body) => {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...more,
          origin: url,
          cookie: [...jar].map((pair) => pair.join("=")).join("; "),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = "", value = ""] = (cookie.split("; ")[0] ?? "").split("=");
        if (cookie.includes("Max-Age=0")) jar.delete(name);
        else jar.set(name, value);
      }
      const text = await response.text();
      return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as never };
    },
  };
}

/** Switches the second step on with an authenticator app. */
export async function addAuthenticator({ send }: TestBrowser, now: number): Promise<void> {
  const { body } = await send<{ id: string; secret: string }>("POST", "/v1/totp", {});
  const code = totpCode(body.secret, now);
  expect(await send("POST", `/v1/totp/${body.id}/confirm`, { code })).toMatchObject({
    status: 200,
  });
}
