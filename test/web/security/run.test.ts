import { expect, test, vi } from "vitest";
import type { SecurityView } from "../../../web/client.ts";
import { changePassword, replaceCodes } from "../../../web/security/replace-codes.ts";
import { runSecurity } from "../../../web/security/run.ts";
import { en } from "../../../web/security/texts/en.ts";
import { aView, done, refusal, scriptedClient, type Answer } from "./scripted-client.ts";

const now = "2026-11-24T10:00:00.000Z";
const loading = (view: SecurityView) => [done(view), done({ sessions: [] }), done({ now })];
const view = aView({ secondStep: true, passwordKnown: true });

/** A tab that is loaded, with the script of what comes then. */
const aRun = async (...script: readonly (Answer | "lost")[]) => aRunWith(true, ...script);

const aRunWith = async (secondStep: boolean, ...script: readonly (Answer | "lost")[]) => {
  const { client, asked } = scriptedClient(...loading(view), ...script);
  const changes: SecurityView[] = [];
  const run = runSecurity(client, {
    texts: () => en,
    heard: () => undefined,
    changed: (changed) => changes.push(changed),
    secondStep: () => Promise.resolve(secondStep),
  });
  await run.load();
  asked.length = 0;
  return { run, asked, changes };
};

test("what needed a re-authentication is carried out by itself after it", async () => {
  const changed = { ...view, passwordKnown: false };
  const { run, asked, changes } = await aRun(
    refusal(403, "reauthentication_required"),
    refusal(401, "invalid_credentials"),
    done({ status: "reauthenticated" }),
    { status: 204 },
    done(changed),
    ...loading(changed),
  );
  run.open({ kind: "password", step: "new" }, "open-password");
  await run.perform(changePassword("a longer one than before"));
  expect(run.state().reauth).toEqual({ step: "password" });
  await run.reauthenticate("not it");
  expect(run.state().problem?.kind).toBe("invalid_credentials");
  await run.reauthenticate("correct-horse-battery");
  expect(asked.slice(0, 5)).toEqual([
    "PUT /v1/password",
    "POST /v1/reauthentication",
    "POST /v1/reauthentication",
    "PUT /v1/password",
    "GET /v1/security",
  ]);
  expect(run.state()).toMatchObject({
    flow: undefined,
    news: { text: `${en.news.password} ${en.othersEnded}` },
  });
  expect(changes).toEqual([changed]);
});

test("a re-authentication that is given up carries out nothing", async () => {
  const { run, asked } = await aRun(
    refusal(403, "reauthentication_required"),
    done({ status: "reauthenticated" }),
  );
  run.open({ kind: "codes", step: "plan" }, "open-codes");
  await run.perform(replaceCodes);
  const answered = run.reauthenticate("correct-horse-battery");
  run.close();
  await answered;
  expect(asked).toEqual(["POST /v1/recovery-codes", "POST /v1/reauthentication"]);
  expect(run.state()).toMatchObject({ flow: { step: "plan" }, reauth: undefined, busy: false });
});

test("a request that is under way is not sent twice", async () => {
  const { run, asked } = await aRun(refusal(503, "busy"));
  run.open({ kind: "codes", step: "plan" }, "open-codes");
  await Promise.all([run.perform(replaceCodes), run.perform(replaceCodes)]);
  expect(asked).toEqual(["POST /v1/recovery-codes"]);
});

test("a second step whose module cannot be fetched gives its challenge up, and says so where the password was typed", async () => {
  const challenge = { id: "c", purpose: "reauthentication", status: "pending" };
  const { run, asked } = await aRunWith(
    false,
    refusal(403, "reauthentication_required"),
    done({ status: "second_step", challenge }),
    { status: 204 },
  );
  run.open({ kind: "codes", step: "plan" }, "open-codes");
  await run.perform(replaceCodes);
  await run.reauthenticate("correct-horse-battery");
  expect(run.state()).toMatchObject({
    busy: false,
    reauth: { step: "password" },
    problem: { kind: "unreachable" },
  });
  expect(asked.at(-1)).toBe("DELETE /v1/challenge");
});

test("while the cookie may be one that was replaced, its refusal asks for the password again and signs nobody out", async () => {
  const { run, asked } = await aRun(
    refusal(403, "reauthentication_required"),
    "lost",
    // The account is read anew when the step is left, by the cookie that was replaced.
    refusal(401, "unauthenticated"),
    refusal(401, "unauthenticated"),
    done({ now }),
    refusal(401, "unauthenticated"),
    done({ status: "reauthenticated" }),
    { status: 204 },
    done(view),
    ...loading(view),
  );
  const flow = { kind: "password", step: "new" } as const;
  run.open(flow, "open-password");
  await run.perform(changePassword("a longer one than before"));
  await run.reauthenticate("correct-horse-battery");
  run.close();
  await vi.waitUntil(() => asked.at(-1) === "GET /v1/time");
  run.open(flow, "open-password");
  await run.perform(changePassword("a longer one than before"));
  expect(run.state()).toMatchObject({ page: "ready", busy: false, reauth: { step: "password" } });
  await run.reauthenticate("correct-horse-battery");
  expect(run.state()).toMatchObject({ page: "ready", flow: undefined, news: { area: "summary" } });
});

test("a cookie that is refused with the re-authentication itself is of a session that is over", async () => {
  const { run } = await aRun(
    refusal(403, "reauthentication_required"),
    "lost",
    refusal(401, "unauthenticated"),
  );
  run.open({ kind: "codes", step: "plan" }, "open-codes");
  await run.perform(replaceCodes);
  await run.reauthenticate("correct-horse-battery");
  await run.reauthenticate("correct-horse-battery");
  expect(run.state().page).toBe("signed_out");
});
