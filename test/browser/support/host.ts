import { expect } from "vitest";
import { LOCAL_CREDENTIALS, sign } from "../../../local/aws/access/signature.ts";
import type { Person } from "./people.ts";

/** The path of the page that takes a challenge which the person's host has opened. */
export async function linkOf(
  { url, id }: Person,
  more: { readonly returnTo?: string } = {},
): Promise<string> {
  const about = { ip: "203.0.113.7", device: "Firefox on Windows", ...more };
  const { challengeUrl = "" } = await asHost(url, "POST", `/v1/accounts/${id}/challenges`, about);
  return `/${new URL(challengeUrl).hash}`;
}

/** The path of the page that takes a session for which the host of this account has asked. */
export async function sessionLinkOf({ url, id }: Pick<Person, "url" | "id">): Promise<string> {
  const { now } = (await (await fetch(`${url}/v1/time`)).json()) as { readonly now: string };
  const about = {
    ip: "203.0.113.7",
    device: "Firefox on Windows",
    authenticatedAt: now,
  };
  const path = `/v1/accounts/${id}/sessions`;
  const { url: link = "" } = await asHost(url, "POST", path, about);
  return `/${new URL(link).hash}`;
}

/** Makes an account as a host does that checks the first step itself: there is no password of ours. */
export const aGuest = async (
  { url }: { readonly url: string },
  id: string,
): Promise<{ readonly url: string; readonly id: string }> => {
  await asHost(url, "PUT", `/v1/accounts/${id}`, { email: `${id}@example.com` });
  return { url, id };
};

/** Sends a request of the host's back end, signed with Signature Version 4. */
async function asHost(
  url: string,
  method: string,
  path: string,
  json: object,
): Promise<Readonly<Record<string, string>>> {
  const target = new URL(path, url);
  const body = JSON.stringify(json);
  const request = {
    method,
    path: target.pathname,
    rawQuery: "",
    headers: { host: target.host, "content-type": "application/json" },
    body: Buffer.from(body),
  };
  const headers = sign(request, LOCAL_CREDENTIALS, Date.now());
  const response = await fetch(target, { method, headers, body });
  const answer = (await response.json()) as Readonly<Record<string, string>>;
  expect([response.status, answer]).toEqual([201, expect.anything()]);
  return answer;
}
