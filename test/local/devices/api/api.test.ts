import { request } from "node:http";
import { expect, test } from "vitest";
import { aStack } from "../../support/stack.ts";

test("a request's log lines are there when its answer is", async () => {
  const code = `exports.handler = async (event) => {
    console.log(JSON.stringify({ level: "INFO", message: event.rawPath }));
    process.stdout.write('{"message":');
    process.stdout.write('"split"}\\n');
    console.error("plain text");
    return "ok";
  };`;
  const { url } = await aStack({ functions: { Log: { code } }, routes: { $default: "Log" } });
  const log = async (after: string) => await (await fetch(`${url}/devices/api/log${after}`)).json();

  expect(await log("")).toEqual({ lines: [], next: 0 });
  await fetch(`${url}/one`);
  expect(await log("?after=0")).toEqual({
    lines: [
      { level: "INFO", message: "/one" },
      { message: "split" },
      { function_name: "Log", message: "plain text" },
    ],
    next: 3,
  });
  await fetch(`${url}/two`);
  expect(await log("?after=3")).toMatchObject({ lines: [{ message: "/two" }, {}, {}], next: 6 });
  expect(await log("?after=6")).toEqual({ lines: [], next: 6 });
  expect(await log("?after=99")).toEqual({ lines: [], next: 6 });
  expect((await fetch(`${url}/devices/api/log?after=x`)).status).toBe(400);
});

test("why a function failed is in the log", async () => {
  const code = `exports.handler = async () => { throw new Error("the reason"); };`;
  const { url } = await aStack({ functions: { Fails: { code } }, routes: { $default: "Fails" } });
  await fetch(url);
  const { lines } = (await (await fetch(`${url}/devices/api/log`)).json()) as { lines: unknown[] };
  expect(lines).toMatchObject([
    {
      level: "ERROR",
      function_name: "Fails",
      message: expect.stringContaining("the reason") as string,
    },
  ]);
});

test("unknown controls and methods are problems", async () => {
  const { url } = await aStack({});
  const unknown = await fetch(`${url}/devices/api/nothing`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "not_found" }]);
  const wrong = await fetch(`${url}/devices/api/clock`, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
});

test("a web page of another site cannot use the controls", async () => {
  const { url } = await aStack({});
  const { port } = new URL(url);
  const statusWith = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/devices/api/clock", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(
    200,
  );
  expect(await statusWith({ origin: "https://evil.example" })).toBe(403);
  expect(await statusWith({ origin: "null" })).toBe(403);
  expect(await statusWith({ origin: `http://127.0.0.1:${Number(port) + 1}` })).toBe(403);
  expect(await statusWith({ host: `evil.example:${port}` })).toBe(403);
  expect(await statusWith({ "sec-fetch-site": "cross-site" })).toBe(403);
});
