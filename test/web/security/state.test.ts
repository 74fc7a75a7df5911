import { describe, expect, test } from "vitest";
import type { Flow } from "../../../web/security/flow.ts";
import {
  afterEnding,
  afterTask,
  begun,
  closed,
  initial,
  loaded,
  mayLeave,
  opened,
  stepOf,
} from "../../../web/security/state.ts";
import { en } from "../../../web/security/texts/en.ts";
import { aView } from "./scripted-client.ts";

const naming: Flow = { kind: "totp", step: "name" };
const codes: Flow = { kind: "codes", step: "show", codes: ["7hq3k-m0x4p"] };
const open = opened({ ...initial, page: "ready", view: aView() }, naming, "open-totp");

describe("one flow at a time", () => {
  test("opening another closes the first, with what was said in it", () => {
    const refused = { ...open, problem: { kind: "unreachable" } as const };
    const other = opened(refused, { kind: "phone", step: "number" }, "open-phone");
    expect(other).toMatchObject({ flow: { kind: "phone" }, opener: "open-phone" });
    expect(other.problem).toBeUndefined();
  });

  test("an answer that comes when the person has gone on does not bring them back", () => {
    const elsewhere = opened(begun(open), { kind: "phone", step: "number" }, "open-phone");
    const view = aView({ secondStep: true });
    const after = afterTask(elsewhere, { flow: undefined, view, news: "totp" }, "open-totp", en);
    expect(after).toMatchObject({ flow: { kind: "phone" }, view, busy: false });
  });

  test("recovery codes are shown wherever the person is, and stay until they are kept", () => {
    const after = afterTask(closed(begun(open)), { flow: codes }, "open-codes", en);
    expect(after.flow).toEqual(codes);
    expect(mayLeave(after)).toBe(false);
    expect(mayLeave({ ...after, saved: true })).toBe(true);
  });
});

describe("re-authentication", () => {
  const asked = afterTask(
    begun(open),
    { flow: naming, problem: { kind: "reauthentication_required" } },
    "open-totp",
    en,
  );

  test("stands in front of the flow, which stays as it is", () => {
    expect(asked).toMatchObject({ flow: naming, reauth: { step: "password" }, busy: false });
    expect(asked.problem).toBeUndefined();
    expect(stepOf(asked)).toBe("reauth password");
  });

  test("given up, the flow is in front again", () => {
    expect(stepOf({ ...asked, reauth: undefined })).toBe(stepOf(open));
  });
});

test("success is told in the card that it happened in", () => {
  const after = afterTask(
    begun(open),
    { flow: undefined, view: aView(), news: "totp" },
    "open-totp",
    en,
  );
  expect(after.news).toEqual({ area: "totp", text: `${en.news.totp} ${en.othersEnded}` });
  expect(after.flow).toBeUndefined();
});

test("whoever is signed out sees nothing of the account", () => {
  const problem = { kind: "unauthenticated" } as const;
  expect(afterTask(open, { flow: naming, problem }, "open-totp", en).page).toBe("signed_out");
  expect(loaded(open, problem, problem).page).toBe("signed_out");
  expect(afterEnding(open, problem, en).page).toBe("signed_out");
});

test("what is shown stays when it cannot be read anew; at first there is something to press", () => {
  const lost = { kind: "unreachable" } as const;
  expect(loaded(open, lost, lost)).toEqual(open);
  expect(loaded(initial, lost, lost)).toMatchObject({ page: "failed", problem: lost });
});

test("a session that had ended already is as good as ended", () => {
  expect(afterEnding(open, { kind: "not_found" }, en).news?.area).toBe("sessions");
});
