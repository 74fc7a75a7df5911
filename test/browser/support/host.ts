import { expect } from "vitest";
import { LOCAL_CREDENTIALS, sign } from "../../../local/aws/access/signature.ts";
import type { Person } from "./people.ts";

/** The path of the page that takes a challenge which the person's host has opened, signed with Signature Version 4. */
export async function linkOf(
  { url, id }: Person,
  more: { readonly returnTo?: string } = {},
): Promise<string> {
  const target = new URL(`/v1/accounts/${id}/challenges`, url);
  const body = JSON.stringify({ ip: "203.0.113.7", device: "Firefox on Windows", ...more });
  const request = {
    method: "POST",
    path: target.pathname,
    rawQuery: "",
    headers: { host: target.host, "content-type": "application/json" },
    body: Buffer.from(body),
  };
  const headers = sign(request, LOCAL_CREDENTIALS, Date.now());
  const response = await fetch(target, { method: "POST", headers, body });
  expect(response.status).toBe(201);
  const { challengeUrl } = (await response.json()) as { readonly challengeUrl: string };
  return `/${new URL(challengeUrl).hash}`;
}
