import * as z from "zod/mini";
import { askCarrier, patience, type Answer, type Question } from "../ask-carrier.ts";
import type { CallResult, CallStatus, Carrier } from "../carrier.ts";
import type { CarrierOptions } from "../carrier-entry.ts";
import { DeliveryStatus, VerificationId } from "./telnyx-status.ts";

export type TelnyxOptions = CarrierOptions<{
  readonly apiKey: string;
  readonly verifyProfileId: string;
}> & {
  /** How long a code is valid. */
  readonly codeLifeSeconds?: number;
};

const Errors = z.object({
  errors: z
    .array(
      z.object({
        code: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
        title: z.optional(z.nullable(z.string())),
        detail: z.optional(z.nullable(z.string())),
      }),
    )
    .check(z.minLength(1)),
});

const Created = z.union([Errors, z.object({ data: z.object({ id: VerificationId }) })]);

const Verification = z.object({
  data: z.object({
    status: z.enum(["pending", "accepted", "invalid", "expired", "error"]),
    delivery_status: z.optional(z.nullable(DeliveryStatus)),
  }),
});

const Checked = z.object({ data: z.object({ response_code: z.enum(["accepted", "rejected"]) }) });

/**
 * Telnyx Verify by flash call, where Telnyx checks the code [developers.telnyx.com: Verify].
 *
 * It knows no idempotency key and no reference of ours: the same order twice is two calls. A call that got no answer
 * can be neither looked up nor checked.
 */
export const telnyxCarrier = ({
  credentials: { apiKey, verifyProfileId },
  codeLifeSeconds = 180,
  baseUrl,
  fetch = globalThis.fetch,
}: TelnyxOptions): Carrier<"telnyx"> => {
  const ask = <Schema extends z.ZodMiniType>(
    path: string,
    question: Omit<Question, "url" | "headers">,
    schema: Schema,
  ) =>
    askCarrier(
      fetch,
      {
        ...question,
        url: new URL(`/v2/verifications/${path}`, baseUrl),
        headers: { authorization: `Bearer ${apiKey}` },
      },
      schema,
    );

  const look = (reference: string, signal = patience()) =>
    ask(reference, { method: "GET", signal }, Verification);

  return {
    name: "telnyx",
    kind: "carrier_checks",

    async place({ number }) {
      const body = {
        phone_number: number,
        verify_profile_id: verifyProfileId,
        timeout_secs: codeLifeSeconds,
      };
      return readCreated(await ask("flashcall", { method: "POST", body }, Created));
    },

    async status({ reference }) {
      if (reference === null || !isReference(reference)) return "unknown";
      return readStatus(await look(reference));
    },

    async check({ reference }, code) {
      if (!isReference(reference)) return "unknown";
      const signal = patience();
      const checked = await ask(
        `${reference}/actions/verify`,
        { method: "POST", body: { code }, signal },
        Checked,
      );
      if (checked.kind === "unknown" || checked.kind === "not_reached") return "unknown";
      const said =
        checked.kind === "read" && checked.ok ? checked.body.data.response_code : undefined;
      if (said === "accepted") return "right";
      // Telnyx rejects a code that came too late like a wrong one; only the look-up tells them apart.
      const found = await look(reference, signal);
      if (found.kind === "read" && found.ok && found.body.data.status === "expired") {
        return "expired";
      }
      return said === "rejected" ? "wrong" : "unknown";
    },
  };
};

const isReference = (text: string) => VerificationId.safeParse(text).success;

const readCreated = (answer: Answer<z.output<typeof Created>>): CallResult => {
  switch (answer.kind) {
    case "read": {
      const { body, httpStatus, ok } = answer;
      if ("errors" in body) return ok ? { kind: "unknown" } : refusal(httpStatus, body.errors);
      return ok ? { kind: "placed", reference: body.data.id } : refusal(httpStatus, []);
    }
    case "declined":
      return refusal(answer.httpStatus, []);
    case "not_reached":
      return { kind: "refused", reason: "rejected" };
    case "unknown":
      return { kind: "unknown" };
  }
};

/**
 * The codes are those of the whole API [API error codes]. Telnyx does not document which ones Verify uses for a
 * destination that the profile does not allow, so the words decide.
 */
const refusal = (httpStatus: number, errors: z.output<typeof Errors>["errors"]): CallResult => {
  const codes = new Set(errors.map(({ code }) => code));
  const words = errors.map(({ title, detail }) => `${title ?? ""} ${detail ?? ""}`).join(" ");
  if (httpStatus === 402 || /insufficient (?:funds|balance)/i.test(words)) {
    return { kind: "refused", reason: "no_money" };
  }
  if (["10001", "10002", "10016"].some((code) => codes.has(code))) {
    return { kind: "refused", reason: "number" };
  }
  if (/\b(?:destination|country|region)\b/i.test(words)) {
    return { kind: "refused", reason: "country" };
  }
  // 429 counts the requests of our account, whatever the number.
  return httpStatus === 429
    ? { kind: "refused", reason: "rejected", retryAfterSeconds: 1 }
    : { kind: "refused", reason: "rejected" };
};

const readStatus = (answer: Answer<z.output<typeof Verification>>): CallStatus => {
  if (answer.kind !== "read" || !answer.ok) return "unknown";
  const { status, delivery_status: delivery } = answer.body.data;
  if (delivery) return delivery;
  switch (status) {
    case "pending":
      return "under_way";
    case "accepted":
      return "delivered";
    case "error":
      return "failed";
    case "invalid":
    case "expired":
      return "unknown";
  }
};
