import { expect, test } from "vitest";
import { afterSignIn } from "../../web/sign-in/form-state.ts";
import {
  findStart,
  linkIn,
  takeChallenge,
  takeLink,
  type Remembered,
} from "../../web/sign-in/start.ts";
import { wayBack } from "../../web/sign-in/way-back.ts";
import { aChallenge } from "./support/challenge.ts";
import { fakeClient, ok, refuse } from "./support/fake-client.ts";

const nothing: Remembered = {
  handoffKey: (token) => `key of ${token}`,
  completionKey: (id) => `key of ${id}`,
  fromHost: () => false,
  dismissed: () => false,
};

test("a browser that is in the middle of a second step goes on with it, and sends nothing", async () => {
  const { client, answer, names } = fakeClient();
  answer("readChallenge", ok(aChallenge()));
  expect(await findStart(client, nothing)).toMatchObject({ kind: "second_step", fromHost: false });
  expect(names()).toEqual(["readChallenge"]);
});

test("one that is in the middle of nothing, or has gone back, gets the form", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", refuse(401, "no_challenge"), ok(aChallenge({ status: "cancelled" })));
  expect(await findStart(client, nothing)).toEqual({ kind: "form" });
  expect(await findStart(client, nothing)).toEqual({ kind: "form" });
});

test("an ending is told after a reload, until it has been read", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", ok(aChallenge({ status: "denied" })));
  expect(await findStart(client, nothing)).toMatchObject({ kind: "second_step" });
  expect(await findStart(client, { ...nothing, dismissed: (id) => id === "chal_1" })).toEqual({
    kind: "form",
  });
});

test("a reload in the middle of the completion gets the same session, by the same key", async () => {
  const { client, answer, calls } = fakeClient();
  answer("readChallenge", ok(aChallenge({ status: "approved" })));
  answer("completeChallenge", ok({ status: "signed_in" }));
  expect(await findStart(client, nothing)).toEqual({
    kind: "signed_in",
    value: { status: "signed_in" },
  });
  expect(calls.at(-1)?.key).toBe("key of chal_1");
});

test("after a completed challenge the session tells whether somebody still is signed in", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", ok(aChallenge({ status: "approved" })));
  answer("completeChallenge", refuse(409, "challenge_completed"));
  answer("readSession", ok({}), refuse(401, "unauthenticated"));
  expect(await findStart(client, nothing)).toMatchObject({ kind: "signed_in" });
  expect(await findStart(client, nothing)).toEqual({ kind: "form" });
});

test("a completion that the service cannot answer now is asked for again, not given up", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", ok(aChallenge({ status: "approved" })));
  answer("completeChallenge", refuse(503, "unavailable"), refuse(409, "challenge_completed"));
  answer("readSession", "no answer");
  expect(await findStart(client, nothing)).toEqual({ kind: "unreachable" });
  expect(await findStart(client, nothing)).toEqual({ kind: "unreachable" });
});

test("a re-authentication is not a sign-in: it belongs to the page that began it", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", ok(aChallenge({ purpose: "reauthentication" })));
  expect(await findStart(client, nothing)).toEqual({ kind: "form" });
});

test("a service that does not answer is asked again, not given up for a form", async () => {
  const { client, answer } = fakeClient();
  answer("readChallenge", "no answer", refuse(503, "unavailable"));
  expect(await findStart(client, nothing)).toEqual({ kind: "unreachable" });
  expect(await findStart(client, nothing)).toEqual({ kind: "unreachable" });
});

test("a host's link is taken; where this browser took it before, its challenge goes on", async () => {
  const { client, answer } = fakeClient();
  answer("openChallenge", ok(aChallenge()), refuse(401, "no_challenge"));
  answer("readChallenge", ok(aChallenge()));
  expect(await takeChallenge(client, "token", nothing)).toMatchObject({ fromHost: true });
  expect(await takeChallenge(client, "token", nothing)).toMatchObject({ kind: "second_step" });
});

test("a link whose answer was lost is taken again by the same key, also after the person was asked", async () => {
  const { client, answer, calls } = fakeClient();
  answer("openChallenge", "no answer", another, ok(aChallenge()));
  expect(await takeChallenge(client, "token", nothing)).toEqual({ kind: "unreachable" });
  await takeChallenge(client, "token", nothing);
  await takeChallenge(client, "token", nothing, true);
  expect(calls.map(({ key }) => key)).toEqual(["key of token", "key of token", "key of token"]);
});

test.each([
  refuse(401, "no_challenge"),
  refuse(409, "challenge_expired"),
  refuse(400, "invalid_request"),
])("a link that opens nothing says so, and asks for no password", async (reply) => {
  const { client, answer } = fakeClient();
  answer("openChallenge", reply);
  answer("readChallenge", refuse(401, "no_challenge"));
  expect(await takeChallenge(client, "token", nothing)).toEqual({ kind: "link_over" });
});

const another = refuse(409, "session_of_another_account", {
  account: { email: "ann@example.com" },
  session: { email: "bob@example.com" },
});

test("a link of another account than the session here asks first, and is taken once the person agrees", async () => {
  const { client, answer, calls, names } = fakeClient();
  answer("openChallenge", another, ok(aChallenge()));
  expect(await takeChallenge(client, "token", nothing)).toEqual({
    kind: "another_session",
    account: "ann@example.com",
    session: "bob@example.com",
  });
  expect(names()).toEqual(["openChallenge"]);
  expect(calls[0]?.body).toEqual({ token: "token" });
  expect(await takeChallenge(client, "token", nothing, true)).toMatchObject({
    kind: "second_step",
    fromHost: true,
  });
  expect(calls[1]?.body).toEqual({ token: "token", replaceSession: true });
});

const ticket = { kind: "session", token: "ticket" } as const;

test("a host's session is taken, with its page to go back to, by a request that can be repeated", async () => {
  const { client, answer, calls } = fakeClient();
  const returnTo = "https://panel.example.com/security";
  answer("openSession", ok({ status: "signed_in", returnTo }));
  expect(await takeLink(client, ticket, nothing)).toEqual({
    kind: "signed_in",
    value: { status: "signed_in", returnTo },
  });
  expect(calls).toEqual([{ name: "openSession", body: { token: "ticket" }, key: "key of ticket" }]);
});

test("a host's session leads to the second step where it is on, and asks before it replaces another's", async () => {
  const { client, answer, calls } = fakeClient();
  answer("openSession", another, ok({ status: "second_step", challenge: aChallenge() }));
  expect(await takeLink(client, ticket, nothing)).toMatchObject({ kind: "another_session" });
  expect(await takeLink(client, ticket, nothing, true)).toMatchObject({
    kind: "second_step",
    fromHost: true,
  });
  expect(calls[1]?.body).toEqual({ token: "ticket", replaceSession: true });
});

test("a session's link that is used or too old says so", async () => {
  const { client, answer } = fakeClient();
  answer("openSession", refuse(401, "invalid_token"), refuse(503, "unavailable"));
  answer("readChallenge", refuse(401, "no_challenge"));
  expect(await takeLink(client, ticket, nothing)).toEqual({ kind: "link_over" });
  expect(await takeLink(client, ticket, nothing)).toEqual({ kind: "unreachable" });
});

test("a completion that a reload goes on with asks too, and not again where the person said no", async () => {
  const { client, answer, names } = fakeClient();
  answer("readChallenge", ok(aChallenge({ status: "approved" })));
  answer("completeChallenge", another);
  answer("readSession", ok({}));
  expect(await findStart(client, nothing)).toMatchObject({ kind: "second_step" });
  const said = { ...nothing, dismissed: () => true };
  expect(await findStart(client, said)).toMatchObject({ kind: "signed_in" });
  expect(names().filter((name) => name === "completeChallenge")).toHaveLength(1);
});

test("a host's challenge that is over leads back to the host, and says how it ended", () => {
  const ofHost = aChallenge({ returnTo: "https://panel.example.com/home?tab=1#top" });
  expect(wayBack(ofHost, "denied")).toBe("https://panel.example.com/home?tab=1&twostep=denied#top");
  // Nobody can tell what it came to, so nothing is told.
  expect(wayBack(ofHost, "elsewhere")).toBeUndefined();
  expect(wayBack(aChallenge(), "cancelled")).toBeUndefined();
  expect(wayBack(aChallenge({ returnTo: "javascript:alert(1)//" }), "cancelled")).toBeUndefined();
});

test("the token is the fragment's, and only there", () => {
  const token = "acc_1.chal_1.secret";
  expect(linkIn(`#challenge=${token}`)).toEqual({ kind: "challenge", token });
  expect(linkIn(`#x=1&session=${token}`)).toEqual({ kind: "session", token });
  const ofHost = "ann+1@example.com|x.chal_1.secret";
  expect(linkIn(`#challenge=${encodeURIComponent(ofHost)}`)?.token).toBe(ofHost);
  expect(linkIn("")).toBeUndefined();
  expect(linkIn("#top")).toBeUndefined();
});

test("mail and password lead to a session, a second step, or a word", () => {
  expect(afterSignIn({ kind: "done", value: { status: "signed_in" } }, 0).kind).toBe("signed_in");
  const value = { status: "second_step", challenge: aChallenge() } as const;
  expect(afterSignIn({ kind: "done", value }, 0)).toMatchObject({ kind: "second_step" });
  expect(afterSignIn({ kind: "too_many_attempts", retryAfter: 60 }, 5000)).toEqual({
    kind: "problem",
    problem: { kind: "paused", until: 65_000 },
  });
  for (const kind of ["invalid_credentials", "unreachable", "unavailable"] as const) {
    expect(afterSignIn({ kind }, 0)).toEqual({ kind: "problem", problem: { kind } });
  }
});
