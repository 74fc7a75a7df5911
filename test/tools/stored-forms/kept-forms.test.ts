import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { StoredItem } from "../../../tools/cost/metering/metered-table.ts";
import type { Forms } from "../../../tools/stored-forms/forms.ts";
import { keepForms, keptForms, keptVersions } from "../../../tools/stored-forms/kept-forms.ts";
import { shapeOf } from "../../../tools/stored-forms/shape-of.ts";

const fixtures = mkdtempSync(join(tmpdir(), "twostep-forms-"));
afterAll(() => rmSync(fixtures, { recursive: true, force: true }));

const formsOf = (...items: StoredItem[]): Forms => ({ at: 1, items, people: {} as never });

const anAccount = (account: object, id = "ann"): StoredItem => ({
  pk: { S: `account#${id}` },
  sk: { S: "account" },
  account: { S: JSON.stringify(account) },
});

test("a shape has the names and types of everything stored, in JSON too, and no value", () => {
  const items = [
    anAccount({ epoch: 1, phones: [{ id: "a", takesSms: true }] }),
    anAccount({ epoch: 2, phones: [{ id: "b", takesSms: false }] }, "ben"),
    {
      pk: { S: "budget#address#hash#17" },
      sk: { S: "budget" },
      part7: { N: "1" },
      part9: { N: "2" },
    },
  ];
  expect(shapeOf({ items })).toEqual([
    "account account account.epoch number",
    "account account account.phones[].id string",
    "account account account.phones[].takesSms boolean",
    "account account pk S",
    "account account sk S",
    "budget address part N",
    "budget address pk S",
    "budget address sk S",
  ]);
});

test("forms are kept once, and again when their shape changes", () => {
  const keep = (account: object, version = "1.0.0") =>
    keepForms(fixtures, version, formsOf(anAccount(account)));
  expect(keep({ epoch: 1 })).toBe("written");
  expect(keep({ epoch: 2 })).toBe("same");
  expect(keptForms(fixtures, "1.0.0")).toEqual(formsOf(anAccount({ epoch: 1 })));
  expect(keep({ epoch: "2" })).toBe("written");
  expect(keep({ epoch: "2", more: true })).toBe("written");
  expect(keep({ epoch: 1 }, "1.1.0")).toBe("written");
  expect([...keptVersions(fixtures)].sort()).toEqual(["1.0.0", "1.1.0"]);
});
