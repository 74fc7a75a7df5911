import { expect, test } from "vitest";
import { localStackName, localStacks } from "../../../local/twostep/local-stacks.ts";
import { documentedStacks } from "../../docs/documented-settings.ts";

test("this machine runs the first stack, with its settings but those that only AWS can meet", () => {
  const { Twostep: production, ...others } = documentedStacks();
  if (!production) throw new Error("The page has no production stack.");
  const stacks = { Twostep: { ...production, accountsTable: "twostep-recovered" }, ...others };
  const { domain, pages, edgeProtection, ...kept } = production;
  expect([domain, pages, edgeProtection]).not.toContain(undefined);
  expect(localStacks(stacks)).toEqual({ Twostep: kept });
  expect(localStackName(stacks)).toBe("Twostep");
});

test("pages are served here, those of the deployer's own as well", () => {
  const one = (pages: false | { directory: string }) =>
    localStacks({ One: { allowedOrigins: ["https://panel.example.com"], pages } })["One"];
  expect(one(false)?.pages).toBeUndefined();
  expect(one({ directory: "pages" })?.pages).toEqual({ directory: "pages" });
});
