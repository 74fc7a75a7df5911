import { createServer, type RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../web/client.ts";

/** A service on the loopback that answers as the test says, and the client of it. */
async function served(listener: RequestListener, timeoutSeconds = 5) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return createClient({ api: `http://127.0.0.1:${address.port}/`, timeoutSeconds });
}

const answering = (status: number, type: string, body: string) =>
  served((_, response) => response.writeHead(status, { "content-type": type }).end(body));

test("an answer is done, with its body", async () => {
  const client = await answering(200, "application/json", '{"now":"2026-11-24T12:00:00.000Z"}');
  expect(await client.readTime()).toEqual({
    kind: "done",
    value: { now: "2026-11-24T12:00:00.000Z" },
  });
});

test("204 is done, without one", async () => {
  const client = await served((_, response) => response.writeHead(204).end());
  expect(await client.signOut()).toEqual({ kind: "done", value: undefined });
});

test("a problem comes under its code, with its details", async () => {
  const problem = { code: "too_many_attempts", status: 429, retryAfter: 30, requestId: "r1" };
  const client = await answering(429, "application/problem+json", JSON.stringify(problem));
  expect(await client.answerTotp({ body: { code: "123456" } })).toMatchObject({
    kind: "too_many_attempts",
    retryAfter: 30,
    requestId: "r1",
  });
});

test.each([
  ["a proxy's page", 502, "text/html", "<h1>Bad gateway</h1>"],
  ["a page that says it is fine", 200, "text/html", "<h1>Welcome to the hotel</h1>"],
  ["half an answer", 200, "application/json", '{"now":'],
  ["a gateway's refusal", 403, "application/json", '{"message":"Forbidden"}'],
])("%s is unexpected, not an answer", async (_, status, type, body) => {
  const client = await answering(status, type, body);
  expect(await client.readTime()).toEqual({ kind: "unexpected", status });
});

test("a service that hangs is unreachable after the limit", async () => {
  const client = await served(() => undefined, 0.2);
  expect(await client.readTime()).toEqual({ kind: "unreachable" });
});

test("one that hangs up is unreachable, also in the middle of its answer", async () => {
  const client = await served((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"now":');
    setTimeout(() => response.destroy(), 50);
  });
  expect((await client.readTime()).kind).not.toBe("done");
});

test("no service at all is unreachable", async () => {
  const client = createClient({ api: "http://127.0.0.1:9" });
  expect(await client.readTime()).toEqual({ kind: "unreachable" });
});

test("only the caller's own signal makes it reject", async () => {
  const client = await served(() => undefined);
  const stop = new AbortController();
  const asked = client.readTime({ signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await expect(asked).rejects.toThrow();
});

test("ids are encoded, bodies are JSON, and the idempotency key goes along", async () => {
  let seen = "";
  const client = await served((request, response) => {
    seen += `${request.method ?? ""} ${request.url ?? ""} ${String(request.headers["idempotency-key"])} `;
    request.on("data", (data: Buffer) => (seen += data.toString()));
    request.on("end", () => response.writeHead(204).end());
  });
  await client.endSession({ id: "a/b?c" });
  await client.answerTotp({ body: { code: "123456" }, idempotencyKey: "k1" });
  expect(seen).toBe(
    'DELETE /v1/sessions/a%2Fb%3Fc undefined POST /v1/challenge/totp k1 {"code":"123456"}',
  );
});
