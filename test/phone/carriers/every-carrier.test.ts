import { describe, expect, test, vi } from "vitest";
import { aCarrierServer, drip, hang, json } from "../support/carrier-server.ts";
import { adapters } from "../support/carriers.ts";
import { anOrder } from "../support/orders.ts";

describe.each(adapters)("$name", ({ name, carrier, placed, reference }) => {
  const answers = Buffer.from(JSON.stringify(placed));

  test("has the name that the list gives it, fit for paths, parameters and variables", () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*$/);
    expect(carrier("https://api.example.com").name).toBe(name);
  });

  test("places a call and tells the carrier's reference", async () => {
    const { baseUrl } = await aCarrierServer(json(placed));
    expect(await carrier(baseUrl).place(anOrder())).toMatchObject({ kind: "placed", reference });
  });

  test.each([
    ["nothing", ""],
    ["HTML", "<!doctype html><title>Welcome</title>"],
    ["truncated JSON", answers.subarray(0, -1)],
    ["JSON of another type", "null"],
    ["a number", "42"],
    ["a list", `[${answers.toString()}]`],
    ["an empty object", "{}"],
    ["deep nesting", "[".repeat(10_000)],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["more than 16 KB", Buffer.concat([answers, Buffer.alloc(17_000, " ")])],
    ["__proto__", `{"__proto__":${answers.toString()}}`],
  ])("a 200 with %s leaves the call unknown, and its status too", async (_, body) => {
    const { baseUrl } = await aCarrierServer((_asked, response) =>
      response.writeHead(200).end(body),
    );
    const asker = carrier(baseUrl);
    expect(await asker.place(anOrder())).toEqual({ kind: "unknown" });
    expect(await asker.status({ sendId: anOrder().sendId, reference })).toBe("unknown");
    expect(await asker.status({ sendId: anOrder().sendId, reference: null })).toBe("unknown");
    if (asker.check) expect(await asker.check({ reference }, "1234")).toBe("unknown");
  });

  test("wrong types are no answer", async () => {
    for (const wrong of [null, 1.5, "", [], {}, true, "../../admin", "a".repeat(200)]) {
      const { baseUrl } = await aCarrierServer(json(withEveryValue(placed, wrong)));
      const result = await carrier(baseUrl).place(anOrder());
      expect(result).toEqual({ kind: "unknown" });
    }
  });

  test.each([500, 502, 503, 504, 301, 302, 303, 307, 408, 409])(
    "a %i leaves the call unknown, even with a good body, and is asked once",
    async (httpStatus) => {
      const { baseUrl, asked } = await aCarrierServer((_, response) =>
        response.writeHead(httpStatus, { location: "/elsewhere" }).end(answers),
      );
      expect(await carrier(baseUrl).place(anOrder())).toEqual({ kind: "unknown" });
      expect(asked).toHaveLength(1);
    },
  );

  test.each([400, 401, 403, 404, 405, 422, 429])(
    "a %i in HTML is a refusal of nobody's number",
    async (httpStatus) => {
      const { baseUrl } = await aCarrierServer((_, response) =>
        response.writeHead(httpStatus, { "content-type": "text/html" }).end("<h1>No</h1>"),
      );
      const asker = carrier(baseUrl);
      expect(await asker.place(anOrder())).toMatchObject({ kind: "refused", reason: "rejected" });
      expect(await asker.status({ sendId: "x#1", reference })).toBe("unknown");
    },
  );

  test("a connection that breaks off leaves the call unknown", async () => {
    const cut = await aCarrierServer((_, response) => response.destroy());
    expect(await carrier(cut.baseUrl).place(anOrder())).toEqual({ kind: "unknown" });
    const half = await aCarrierServer((_, response) => {
      response.writeHead(200, { "content-length": "1000" }).write(answers);
      setTimeout(() => response.destroy(), 20);
    });
    expect(await carrier(half.baseUrl).place(anOrder())).toEqual({ kind: "unknown" });
  });

  test("a carrier that cannot be reached has not placed the call", async () => {
    const { baseUrl, stop } = await aCarrierServer(json(placed));
    await stop();
    const refused = { kind: "refused", reason: "rejected" };
    expect(await carrier(baseUrl).place(anOrder())).toEqual(refused);
    expect(await carrier("http://nobody.invalid").place(anOrder())).toEqual(refused);
    expect(await carrier(baseUrl).status({ sendId: "x#1", reference })).toBe("unknown");
  });

  test("no connection is kept for a later call, when it may be dead", async () => {
    const { baseUrl, asked, connections, underWay } = await aCarrierServer(json(placed));
    const asker = carrier(baseUrl);
    await asker.place(anOrder());
    await vi.waitFor(() => expect(underWay()).toBe(0));
    await asker.place(anOrder({ sendId: "x#2" }));
    expect(connections()).toBe(2);
    expect(asked.map(({ headers }) => headers.connection)).toEqual(["close", "close"]);
  });

  test("an endless body is left, not read", async () => {
    const { baseUrl, underWay } = await aCarrierServer((_, response) => {
      response.writeHead(200);
      const flow = () => {
        while (!response.destroyed && response.write("x".repeat(1000)));
      };
      response.on("drain", flow);
      flow();
    });
    expect(await carrier(baseUrl).place(anOrder())).toEqual({ kind: "unknown" });
    await vi.waitFor(() => expect(underWay()).toBe(0));
  });

  test("a reference that the carrier cannot have made is not asked about", async () => {
    const { baseUrl, asked } = await aCarrierServer(json(placed));
    const asker = carrier(baseUrl);
    for (const foreign of ["", "../flashcall", "a/b", "a?b", "1 2", "x".repeat(100), "%2e"]) {
      expect(await asker.status({ sendId: "x#1", reference: foreign })).toBe("unknown");
      if (asker.check) expect(await asker.check({ reference: foreign }, "1234")).toBe("unknown");
    }
    expect(asked).toEqual([]);
  });

  test("nothing is printed, whatever happens", async () => {
    const printed = [
      vi.spyOn(console, "log"),
      vi.spyOn(console, "error"),
      vi.spyOn(console, "warn"),
    ];
    const { baseUrl } = await aCarrierServer(json({ status: false, error: "+79161234567" }, 400));
    await carrier(baseUrl).place(anOrder());
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

test("a carrier that hangs or drips is left after three seconds, the body included", async () => {
  const silent = await aCarrierServer(hang);
  const dripping = await aCarrierServer(drip);
  const began = performance.now();
  const results = await Promise.all(
    [silent, dripping].flatMap(({ baseUrl }) =>
      adapters.flatMap(({ carrier, reference }) => {
        const asker = carrier(baseUrl);
        return [
          asker.place(anOrder()),
          asker.status({ sendId: anOrder().sendId, reference }),
          asker.check?.({ reference }, "1234") ?? Promise.resolve("unknown"),
        ];
      }),
    ),
  );
  expect(performance.now() - began).toBeGreaterThan(2900);
  expect(performance.now() - began).toBeLessThan(4500);
  for (const result of results) expect([{ kind: "unknown" }, "unknown"]).toContainEqual(result);
  await vi.waitFor(() => expect([silent.underWay(), dripping.underWay()]).toEqual([0, 0]));
  // None of the questions is repeated.
  const questions = adapters.reduce((sum, { methods }) => sum + methods, 0);
  expect([silent.asked.length, dripping.asked.length]).toEqual([questions, questions]);
});

/** The object with every value at every depth that is not an object replaced. */
const withEveryValue = (value: unknown, wrong: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, withEveryValue(inner, wrong)]),
      )
    : wrong;
