import { LOCAL_CREDENTIALS, sign } from "../aws/access/signature.ts";

export type NewAccount = { id: string; email: string; password: string };

export type PutResult = { kind: "stored" } | { kind: "refused"; status: number; body: string };

/** Makes an account as a host's back end does: `PUT /v1/accounts/{id}`, signed with Signature Version 4. */
export async function putAccount(
  url: string,
  { id, email, password }: NewAccount,
): Promise<PutResult> {
  const target = new URL(`/v1/accounts/${encodeURIComponent(id)}`, url);
  const body = JSON.stringify({ email, password });
  const request = {
    method: "PUT",
    path: target.pathname,
    rawQuery: "",
    // fetch sends the host header itself, but the signature must cover it.
    headers: { host: target.host, "content-type": "application/json" },
    body: Buffer.from(body),
  };
  const headers = sign(request, LOCAL_CREDENTIALS, Date.now());
  const response = await fetch(target, { method: "PUT", headers, body });
  return response.ok
    ? { kind: "stored" }
    : { kind: "refused", status: response.status, body: await response.text() };
}
