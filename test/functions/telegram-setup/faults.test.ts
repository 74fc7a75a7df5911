import { expect, test } from "vitest";
import { aBotApi, refusal, token, type Instead } from "./bot-api-server.ts";
import { nobody } from "./loopback.ts";
import { runSetup } from "./run-setup.ts";

const create = async (instead: Instead, remainingMs?: number) => {
  const api = await aBotApi(instead);
  const run = await runSetup({
    type: "Create",
    wanted: { ApiRoot: api.url },
    ...(remainingMs !== undefined && { remainingMs }),
  });
  return { api, ...run };
};

test.each([
  [401, "Unauthorized"],
  [404, "Not Found"],
])("a token that Telegram answers with %i fails at once, with what to do", async (code, text) => {
  const { api, answer } = await create(() => refusal(code, text));
  expect(answer?.Status).toBe("FAILED");
  expect(answer?.Reason).toContain("does not accept the token");
  expect(answer?.Reason).toContain(`getMe: ${code} ${text}`);
  expect(api.methods()).toEqual(["getMe"]);
});

test("what Telegram says against the webhook is passed on", async () => {
  const bad = "Bad Request: bad webhook: HTTPS URL must be provided for webhook";
  const { answer } = await create(({ method }) =>
    method === "setWebhook" ? refusal(400, bad) : undefined,
  );
  expect(answer).toMatchObject({
    Status: "FAILED",
    Reason: `Telegram refused (setWebhook: 400 ${bad}).`,
  });
});

test.each([
  ["a server error", refusal(502, "Bad Gateway")],
  ["an answer that is no JSON", { status: 502, body: "<html>Bad Gateway</html>" }],
  ["a broken connection", "hang up" as const],
  ["too many requests", refusal(429, "Too Many Requests: retry after 0", { retry_after: 0 })],
])("%s is tried three times in all, and passes if the third is well", async (_, reply) => {
  let failures = 2;
  const passing = await create(() => (failures-- > 0 ? reply : undefined));
  expect(passing.answer?.Status).toBe("SUCCESS");
  const lasting = await create(() => reply);
  expect(lasting.answer?.Status).toBe("FAILED");
  expect(lasting.api.methods()).toEqual(["getMe", "getMe", "getMe"]);
});

test("a wish to wait for minutes is not granted", async () => {
  const long = refusal(429, "Too Many Requests: retry after 300", { retry_after: 300 });
  const { api, answer } = await create(() => long);
  expect(answer?.Reason).toContain("retry after 300");
  expect(api.calls).toHaveLength(1);
});

test("nobody at the address fails with the address", async () => {
  const root = await nobody();
  const { answer } = await runSetup({ type: "Create", wanted: { ApiRoot: root } });
  expect(answer).toMatchObject({
    Status: "FAILED",
    Reason: `The Bot API at ${root} gave no proper answer.`,
  });
});

test.each(["getMe", "setMyCommands", "setWebhook"])(
  "a %s that hangs is answered for before the function's own timeout, and goes no further afterwards",
  async (hanging) => {
    const { api, answer } = await create(
      ({ method }) => (method === hanging ? "hang" : undefined),
      2500,
    );
    expect(answer?.Status).toBe("FAILED");
    expect(answer?.Reason).toMatch(/^It took too long: the Bot API at .* does not answer\.$/);
    expect(api.methods().filter((method) => method === hanging)).toHaveLength(1);
    expect(api.methods().at(-1)).toBe(hanging);
    // Nothing is left that could go on when Lambda thaws the function for the next request. grammY itself would wait for 8 s.
    await api.gone;
  },
  6000,
);

test("a secret that cannot be read, or never comes, is answered for", async () => {
  const { url } = await aBotApi();
  const wanted = { ApiRoot: url };
  const denied = () => Promise.reject(Object.assign(new Error("secret"), { name: "AccessDenied" }));
  const refused = await runSetup({ type: "Create", wanted, botToken: denied });
  expect(refused.answer?.Reason).toMatch(/^It failed \(AccessDenied\)/);
  const never = () => new Promise<string>(() => undefined);
  const hanging = await runSetup({ type: "Create", wanted, botToken: never, remainingMs: 2500 });
  expect(hanging.answer?.Reason).toMatch(/or Secrets Manager, does not answer/);
});

test("properties that are not right are answered for", async () => {
  const { answer } = await runSetup({ type: "Create", wanted: { ApiRoot: "nonsense" } });
  expect(answer?.Status).toBe("FAILED");
});

test("a description that repeats the token, or is very long, reaches CloudFormation without it and cut short", async () => {
  // `runSetup` looks for the token in the answer and the log.
  const quoting = await create(() => refusal(400, `no such path: /bot${token}/getMe`));
  expect(quoting.answer?.Reason).toContain("/bot<token>/getMe");
  const { answer, received } = await create(() => refusal(400, "ї".repeat(100_000)));
  expect(answer?.Status).toBe("FAILED");
  expect(Buffer.byteLength(received.at(-1)?.body ?? "")).toBeLessThan(4096);
});
