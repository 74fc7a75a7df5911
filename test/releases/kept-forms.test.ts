import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDeployed } from "../../tools/cost/deployed/read-deployed.ts";
import { readStops } from "../../lib/runtime/dynamo-send-stops.ts";
import {
  startMeteredService,
  type MeteredService,
} from "../../tools/cost/metering/metered-service.ts";
import type { StoredItem } from "../../tools/cost/metering/metered-table.ts";
import { keptForms, keptVersions } from "../../tools/stored-forms/kept-forms.ts";
import { lost, plant, planted } from "../support/planted.ts";
import { totpCode } from "../support/service-totp.ts";

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const versions = keptVersions(fixtures);

/** As a newer release would have stored it: with fields in every record that this one does not know. */
const asNewer = (item: StoredItem): StoredItem => {
  const withMore = (attribute: "account" | "session") => {
    const json = item[attribute]?.S;
    return json === undefined
      ? {}
      : { [attribute]: { S: JSON.stringify(plant(JSON.parse(json), attribute)) } };
  };
  const ofItem = /^budget|session#/.test(keyOf(item)) ? { [planted]: { S: "" } } : {};
  return { ...item, ...ofItem, ...withMore("account"), ...withMore("session") };
};

const keyOf = ({ pk, sk }: StoredItem) => `${pk?.S ?? ""} ${sk?.S ?? ""}`;

const variants = versions.flatMap((version) => [
  { name: `what ${version} stored`, version, stored: (item: StoredItem) => item },
  { name: `what a release after ${version} may store`, version, stored: asNewer },
]);

test("the forms of a version are kept", () => {
  expect(versions).toContain("0.1.0");
});

describe.each(variants)("$name is read by this code:", ({ version, stored }) => {
  const { at, items, people } = keptForms(fixtures, version);
  const before = items.map(stored);
  let service: MeteredService;
  beforeAll(async () => {
    service = await startMeteredService(readDeployed().plain.fallback, {
      startsAt: at,
      seed: `after ${version}`,
    });
    await service.put(before);
  });
  afterAll(() => service.stop());

  /** A request of a browser that holds this cookie. */
  const send = (cookie: string, method: string, path: string, json?: unknown) =>
    service.browser().send(method, path, { cookies: [cookie], json });
  const signedIn = { status: 200, body: { status: "signed_in" } };

  test("a pause after wrong passwords goes on, and so does what an operator stopped", async () => {
    const { email, password } = people.guessed;
    const { code } = await service.browser().post("/v1/sign-in", { email, password });
    expect(code).toBe("too_many_attempts");
    expect(await readStops(service.table)).toEqual(new Set(["PL"]));
  });

  test("a session is good, and an owner's sessions are listed", async () => {
    const { session, id } = people.bare;
    expect(await send(session, "GET", "/v1/session")).toMatchObject({
      status: 200,
      body: { account: { id } },
    });
    const { body } = await send(session, "GET", "/v1/sessions");
    expect((body as { sessions: unknown[] }).sessions).toHaveLength(2);
  });

  test("the security tab shows every factor", async () => {
    const { status, body } = await send(people.phone.session, "GET", "/v1/security");
    expect([status, body]).toMatchObject([
      200,
      {
        secondStep: true,
        authenticators: [{ name: "Phone" }],
        phones: { numbers: [{ masked: "+380 ** *** ** 42" }] },
        recoveryCodes: { left: 10 },
      },
    ]);
  });

  test("wrong codes count on, and the code of the app completes the open challenge", async () => {
    const { challenge, appSecret } = people.app;
    const path = "/v1/challenge/totp";
    expect(await send(challenge, "GET", "/v1/challenge")).toMatchObject({
      body: { status: "pending", attemptsLeft: 3 },
    });
    await service.advance(30);
    const code = totpCode(appSecret, service.now());
    expect(await send(challenge, "POST", path, { code })).toMatchObject(signedIn);
  });

  test("a recovery code works once", async () => {
    const { email, password, recoveryCodes } = people.app;
    const signIn = async () => {
      const browser = service.browser();
      await browser.post("/v1/sign-in", { email, password });
      return browser.post("/v1/challenge/recovery-code", { code: recoveryCodes[0] });
    };
    expect(await signIn()).toMatchObject(signedIn);
    expect((await signIn()).status).toBe(401);
  });

  test("a tap on the sent prompt approves its challenge", async () => {
    const { challenge, userId, messageId, choice } = people.telegram;
    await service.tap(userId, messageId, choice);
    expect(await send(challenge, "POST", "/v1/challenge/complete", {})).toMatchObject(signedIn);
  });

  test("the code of a call that is under way completes its challenge, another one confirms a number", async () => {
    const { challenge, callCode: code, session, enrolment, enrolmentCode } = people.phone;
    expect(await send(challenge, "POST", "/v1/challenge/code", { code })).toMatchObject(signedIn);
    const confirm = `/v1/phones/${enrolment}/confirm`;
    expect(await send(session, "POST", confirm, { code: enrolmentCode })).toMatchObject({
      status: 200,
      body: { phones: { numbers: [{}, {}] } },
    });
  });

  test("a host's challenge is taken once, and its grant tells who passed", async () => {
    const { id, token, grant } = people.host;
    const take = () => service.browser().post("/v1/challenge/open", { token });
    expect((await take()).status).toBe(200);
    expect((await take()).code).toBe("no_challenge");
    const redeem = () => service.host.post("/v1/grants/redeem", { grant });
    expect((await redeem()).body).toMatchObject({ accountId: id, method: "totp" });
    expect((await redeem()).code).toBe("not_found");
  });

  test("the pause ends, and no save lost a field that the older or the newer release knows", async () => {
    await service.advance(400);
    const { email, password } = people.guessed;
    expect(await service.browser().post("/v1/sign-in", { email, password })).toMatchObject(
      signedIn,
    );
    expect((await send(people.bare.session, "GET", "/v1/session")).status).toBe(200);
    const after = new Map((await service.items()).map((item) => [keyOf(item), item]));
    const json = (item: StoredItem | undefined, name: string): unknown =>
      JSON.parse(item?.[name]?.S ?? "null");
    const missing = before.flatMap((item) => {
      const now = after.get(keyOf(item));
      if (!now) return [];
      const attributes = keyOf(item).startsWith("budget#password")
        ? []
        : Object.keys(item).filter((name) => !(name in now));
      return [
        ...attributes,
        ...lost(json(item, "account"), json(now, "account"), ""),
        ...lost(json(item, "session"), json(now, "session"), ""),
      ].map((field) => `${keyOf(item)} ${field}`);
    });
    expect(missing).toEqual([]);
  });
});
