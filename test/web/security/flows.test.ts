import { describe, expect, test } from "vitest";
import { addPhone, callAgain, confirmPhone } from "../../../web/security/confirm-phone.ts";
import { confirmTotp } from "../../../web/security/enrol-totp.ts";
import type { LinkOut } from "../../../web/security/flow.ts";
import { afterLook, beginLink, confirmLink } from "../../../web/security/link-telegram.ts";
import { replaceCodes } from "../../../web/security/replace-codes.ts";
import { anApp, aView, done, refusal, scriptedClient } from "./scripted-client.ts";

const link = {
  id: "l",
  url: "https://t.me/bot?start=x",
  qr: "<svg/>",
  expiresAt: "2026-11-24T10:10:00Z",
};
const scan: LinkOut = { kind: "link", step: "scan", link };

describe("linking Telegram", () => {
  test("the page shows who answered, and only that person's confirmation links", async () => {
    const answered = { status: "answered", name: "Ann (@ann)" } as const;
    const next = afterLook(scan, { kind: "done", value: answered });
    expect(next?.flow).toEqual({ kind: "link", step: "answered", link, name: "Ann (@ann)" });
    const view = aView({ secondStep: true });
    const { client, asked } = scriptedClient(done(view));
    expect(await confirmLink(link, "Ann (@ann)")(client)).toMatchObject({ flow: undefined, view });
    expect(asked).toEqual(["POST /v1/telegram/links/l/confirm"]);
  });

  test("a look that is not answered changes nothing", () => {
    expect(afterLook(scan, { kind: "unreachable" })).toBeUndefined();
    expect(afterLook(scan, { kind: "done", value: { status: "waiting" } })).toBeUndefined();
  });

  test("an old link asks to begin again", () => {
    const expired = { kind: "link", step: "expired" };
    expect(afterLook(scan, { kind: "done", value: { status: "expired" } })?.flow).toEqual(expired);
    expect(afterLook(scan, { kind: "not_found" })?.flow).toEqual(expired);
  });

  test("a sixth account is refused in the step where it was asked for", async () => {
    const { client } = scriptedClient(refusal(409, "limit_reached"));
    const next = await beginLink(client);
    expect(next).toMatchObject({ flow: { step: "plan" }, problem: { kind: "limit_reached" } });
  });
});

describe("an authenticator", () => {
  const enrolment = { id: "x", secret: "AAAA", uri: "otpauth://x", qr: "<svg/>", expiresAt: "" };

  test("that was confirmed by a request whose answer was lost is found confirmed", async () => {
    const view = aView({ secondStep: true, authenticators: [anApp("x")] });
    const { client } = scriptedClient("lost", refusal(404, "not_found"), done(view));
    const first = await confirmTotp(enrolment, "123456")(client);
    expect(first).toMatchObject({ flow: { step: "scan" }, problem: { kind: "unreachable" } });
    expect(await confirmTotp(enrolment, "123456")(client)).toEqual({
      flow: undefined,
      view,
      news: "totp",
    });
  });

  test("that took too long is begun again", async () => {
    const { client } = scriptedClient(refusal(409, "enrolment_expired"), done(aView()));
    const next = await confirmTotp(enrolment, "123456")(client);
    expect(next.flow).toEqual({ kind: "totp", step: "expired" });
  });
});

describe("a phone number", () => {
  const next = { via: "call", availableAt: "2026-11-24T10:00:20.000Z" } as const;
  const sent = {
    numberId: "p",
    via: "call",
    state: "calling",
    attempt: 1,
    digits: 4,
    next,
  } as const;
  const enrolment = { id: "p", masked: "+380 ** *** ** 42", sent };
  const now = Date.parse("2026-11-24T10:00:30.000Z");

  test("that cannot be called stays in its field", async () => {
    const { client } = scriptedClient(refusal(400, "invalid_number"));
    expect(await addPhone("12")(client)).toMatchObject({
      flow: { kind: "phone", step: "number" },
      problem: { kind: "invalid_number" },
    });
  });

  test("whose last code was wrong is begun again", async () => {
    const { client } = scriptedClient(refusal(401, "wrong_code", { attemptsLeft: 0 }));
    const after = await confirmPhone(enrolment, "0000")(client);
    expect(after.flow).toEqual({ kind: "phone", step: "expired" });
  });

  test("that the service has called again by itself waits anew", async () => {
    const { client } = scriptedClient(refusal(429, "too_early", { retryAfter: 15 }));
    const after = await callAgain(enrolment, now)(client);
    expect(after.problem).toBeUndefined();
    expect(after.flow).toMatchObject({
      step: "code",
      enrolment: { sent: { next: { availableAt: "2026-11-24T10:00:45.000Z" } } },
    });
  });

  test("for which no way is left keeps the step of the last code", async () => {
    const { client } = scriptedClient(refusal(409, "no_way_left"));
    const after = await callAgain(enrolment, now)(client);
    expect(after).toMatchObject({ flow: { step: "code", enrolment: { sent: { next: null } } } });
  });
});

test("new recovery codes are shown even when the account cannot be read after them", async () => {
  const codes = ["7hq3k-m0x4p"];
  const { client } = scriptedClient(done({ codes }, 201), "lost");
  expect(await replaceCodes(client)).toEqual({ flow: { kind: "codes", step: "show", codes } });
});
