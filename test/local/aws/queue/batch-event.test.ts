import { expect, test } from "vitest";
import { closedMessages } from "../../../../local/aws/queue/batch-event.ts";

const returned = (value: unknown) => ({ kind: "returned" as const, value });

// Lambda developer guide, "Implementing partial batch responses": success and failure conditions.
test.each([
  ["no report", undefined, ["a", "b"]],
  ["null", null, ["a", "b"]],
  ["an empty report", {}, ["a", "b"]],
  ["an empty list", { batchItemFailures: [] }, ["a", "b"]],
  ["a null list", { batchItemFailures: null }, ["a", "b"]],
  ["one failure", { batchItemFailures: [{ itemIdentifier: "a" }] }, ["b"]],
  ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }, []],
  ["a null identifier", { batchItemFailures: [{ itemIdentifier: null }] }, []],
  ["a wrong key", { batchItemFailures: [{ id: "a" }] }, []],
  ["a foreign identifier", { batchItemFailures: [{ itemIdentifier: "z" }] }, []],
  ["a text", "fine", []],
])("%s settles what Lambda would delete", (_, value, settled) => {
  expect(closedMessages(returned(value), ["a", "b"], true)).toEqual(settled);
});

test("whatever failed as a whole settles nothing", () => {
  expect(closedMessages({ kind: "timed_out" }, ["a"], true)).toEqual([]);
  expect(closedMessages({ kind: "crashed", reason: "x" }, ["a"], false)).toEqual([]);
});
