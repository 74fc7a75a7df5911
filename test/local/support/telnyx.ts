import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** The code that this Telnyx finds right. */
export const TELNYX_CODE = "4821";

export type TestTelnyx = {
  url: string;
  credentials: { apiKey: string; verifyProfileId: string; publicKey: string };
  /** Decides what becomes of the next order, when it comes; any other number is refused as none. */
  next: (decide: () => Promise<"placed" | "refused"> | "placed" | "refused") => void;
  /** A webhook that says of a call that it failed, as `fetch` takes it. */
  failed: (reference: string, now: number) => RequestInit;
};

/** Telnyx Verify by flash call, as far as the service asks it. */
export async function aTelnyx(): Promise<TestTelnyx> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const decisions: Parameters<TestTelnyx["next"]>[0][] = [];
  const answerOf = async (path: string, body: string): Promise<[number, unknown]> => {
    if (path.endsWith("/flashcall")) {
      const decision = await decisions.shift()?.();
      return decision === "placed"
        ? [200, { data: { id: randomUUID() } }]
        : [422, { errors: [{ code: "10016", title: "Not a phone number" }] }];
    }
    if (path.endsWith("/actions/verify")) {
      const right = body.includes(`"${TELNYX_CODE}"`);
      return [200, { data: { response_code: right ? "accepted" : "rejected" } }];
    }
    return [200, { data: { status: "pending", delivery_status: "delivered" } }];
  };
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => answerOf(request.url ?? "", body))
      .then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const der = publicKey.export({ format: "der", type: "spki" });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: {
      apiKey: "key",
      verifyProfileId: "profile",
      publicKey: der.subarray(-32).toString("base64"),
    },
    next: (decide) => void decisions.push(decide),
    failed: (reference, now) => {
      const timestamp = String(Math.floor(now / 1000));
      const body = JSON.stringify({
        data: { event_type: "verify.failed", payload: { id: reference } },
      });
      const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey);
      return {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "telnyx-timestamp": timestamp,
          "telnyx-signature-ed25519": signature.toString("base64"),
        },
      };
    },
  };
}
