import { expect, test } from "vitest";
import { telnyxCarrier } from "../../../lib/phone/carriers/telnyx/telnyx-carrier.ts";
import { aCarrierServer, hang, inOrder, json } from "../support/carrier-server.ts";
import { verificationId } from "../support/carriers.ts";
import { anOrder } from "../support/orders.ts";

const aTelnyx = (baseUrl: string) =>
  telnyxCarrier({ credentials: { apiKey: "KEY01", verifyProfileId: "profile-id" }, baseUrl });

const check = (baseUrl: string, code = "1234") =>
  aTelnyx(baseUrl).check?.({ reference: verificationId }, code);

const verification = (given: object) => ({
  data: { id: verificationId, record_type: "verification", type: "flashcall", ...given },
});
const checked = (responseCode: unknown) =>
  json({ data: { phone_number: "+79161234567", response_code: responseCode } });
const errors = (code: string, title = "Title", detail = "Detail") => ({
  errors: [{ code, title, detail }],
});

test("orders the flash call as documented", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(verification({ status: "pending" })));
  expect(await aTelnyx(baseUrl).place(anOrder())).toEqual({
    kind: "placed",
    reference: verificationId,
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    method: "POST",
    url: { pathname: "/v2/verifications/flashcall", search: "" },
  });
  expect(asked[0]?.headers.authorization).toBe("Bearer KEY01");
  expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
    phone_number: "+79161234567",
    verify_profile_id: "profile-id",
    timeout_secs: 180,
  });
});

test.each([
  [400, errors("10002", "Invalid phone number"), { kind: "refused", reason: "number" }],
  [
    422,
    errors("10016", "Phone number must be in +E.164 format"),
    { kind: "refused", reason: "number" },
  ],
  [400, errors("10001", "Inactive phone number"), { kind: "refused", reason: "number" }],
  [401, errors("10009", "Authentication failed"), { kind: "refused", reason: "rejected" }],
  [403, errors("10010", "Authorization failed"), { kind: "refused", reason: "rejected" }],
  [404, errors("10005", "Resource not found"), { kind: "refused", reason: "rejected" }],
  [400, errors("10015", "Bad Request"), { kind: "refused", reason: "rejected" }],
  [402, errors("1", "Payment required"), { kind: "refused", reason: "no_money" }],
  [403, errors("20100", "Insufficient Funds"), { kind: "refused", reason: "no_money" }],
  [
    403,
    errors("1", "Forbidden", "The destination is not allowed by the profile"),
    { kind: "refused", reason: "country" },
  ],
  [
    429,
    errors("10011", "Too many requests"),
    { kind: "refused", reason: "rejected", retryAfterSeconds: 1 },
  ],
  [429, {}, { kind: "refused", reason: "rejected", retryAfterSeconds: 1 }],
  [400, { errors: [] }, { kind: "refused", reason: "rejected" }],
  [400, { errors: [{ code: 10002 }] }, { kind: "refused", reason: "number" }],
  [200, errors("10002"), { kind: "unknown" }],
  [500, errors("10007", "Unexpected error"), { kind: "unknown" }],
  [408, errors("10008", "Request timeout"), { kind: "unknown" }],
  [409, errors("10012", "Duplicate resource"), { kind: "unknown" }],
])("%i with %j: %j", async (httpStatus, body, result) => {
  const { baseUrl } = await aCarrierServer(json(body, httpStatus));
  expect(await aTelnyx(baseUrl).place(anOrder())).toEqual(result);
});

test.each([
  [{ status: "pending" }, "under_way"],
  [{ status: "pending", delivery_status: null }, "under_way"],
  [{ status: "pending", delivery_status: "delivered" }, "delivered"],
  [{ status: "pending", delivery_status: "delivery_failed" }, "failed"],
  [{ status: "accepted" }, "delivered"],
  [{ status: "error" }, "failed"],
  [{ status: "expired" }, "unknown"],
  [{ status: "invalid" }, "unknown"],
  [{ status: "new one" }, "unknown"],
])("a verification %j is %s", async (given, status) => {
  const { baseUrl, asked } = await aCarrierServer(json(verification(given)));
  const call = { sendId: "x#1", reference: verificationId };
  expect(await aTelnyx(baseUrl).status(call)).toBe(status);
  expect(asked[0]).toMatchObject({
    method: "GET",
    url: { pathname: `/v2/verifications/${verificationId}` },
  });
});

test("a call without a reference is not asked for, and not placed again", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(verification({ status: "pending" })));
  expect(await aTelnyx(baseUrl).status({ sendId: "x#1", reference: null })).toBe("unknown");
  expect(asked).toEqual([]);
});

test("a right code is one that Telnyx accepts, asked once", async () => {
  const { baseUrl, asked } = await aCarrierServer(checked("accepted"));
  expect(await check(baseUrl, "0042")).toBe("right");
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    method: "POST",
    url: { pathname: `/v2/verifications/${verificationId}/actions/verify` },
    body: '{"code":"0042"}',
  });
});

test.each([
  ["pending", "wrong"],
  ["invalid", "wrong"],
  ["accepted", "wrong"],
  ["expired", "expired"],
])("a rejected code of a verification that is %s is %s", async (status, outcome) => {
  const { baseUrl } = await aCarrierServer(
    inOrder(checked("rejected"), json(verification({ status }))),
  );
  expect(await check(baseUrl)).toBe(outcome);
});

test("a rejected code stays wrong when its verification cannot be looked up", async () => {
  for (const look of [json({}, 500), json({}, 404), json("no")]) {
    const { baseUrl } = await aCarrierServer(inOrder(checked("rejected"), look));
    expect(await check(baseUrl)).toBe("wrong");
  }
});

test("an error of the check is expired if the verification is, and no answer otherwise", async () => {
  const gone = json(errors("10005"), 404);
  const expired = await aCarrierServer(inOrder(gone, json(verification({ status: "expired" }))));
  expect(await check(expired.baseUrl)).toBe("expired");
  const other = await aCarrierServer(inOrder(gone, json(verification({ status: "accepted" }))));
  expect(await check(other.baseUrl)).toBe("unknown");
});

test("nothing but a 200 with the word accepts a code", async () => {
  for (const body of ["Accepted", "ACCEPTED", true, 1, ["accepted"], null, undefined]) {
    const { baseUrl } = await aCarrierServer(checked(body));
    expect(await check(baseUrl)).toBe("unknown");
  }
  for (const httpStatus of [400, 403, 422, 500, 302]) {
    const { baseUrl } = await aCarrierServer(
      json({ data: { response_code: "accepted" } }, httpStatus),
    );
    expect(await check(baseUrl)).toBe("unknown");
  }
});

test("the check and its look-up take three seconds together", async () => {
  const { baseUrl } = await aCarrierServer(
    inOrder((asked, response) => {
      setTimeout(() => checked("rejected")(asked, response), 1500);
    }, hang),
  );
  const began = performance.now();
  expect(await check(baseUrl)).toBe("wrong");
  expect(performance.now() - began).toBeLessThan(4000);
});
