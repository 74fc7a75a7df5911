import { App, Stack } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { refuseContext } from "../../../infra/settings/refuse-context.ts";
import { checkStackName } from "../../../infra/settings/stack-name.ts";
import { checkStacks } from "../../../infra/settings/stacks.ts";
import type { StackSettings } from "../../../infra/settings/stacks.ts";
import { stacks } from "../../../twostep.config.ts";

const settings: StackSettings = {
  allowedOrigins: ["https://panel.example.com"],
  alarmTopicArn: "none",
};

test("the file that comes with the project is good, and its one stack is a trial", () => {
  checkStacks(stacks);
  expect(Object.values(stacks).map(({ trial }) => trial)).toEqual([true]);
});

describe("refused, with the stack's name:", () => {
  test.each([
    ["no stack", {}, "twostep.config.ts names no stack."],
    [
      "a fault in the second",
      { One: settings, Two: { ...settings, pages: 1 } },
      "twostep.config.ts, Two: pages must be",
    ],
    [
      "a web ACL before nothing",
      { One: { ...settings, pages: false, edgeProtection: true } },
      "nothing to put it on",
    ],
    [
      "a web ACL that is none",
      { One: { ...settings, edgeProtection: false } },
      "One: edgeProtection must be true",
    ],
  ])("%s", (_, given, why) => {
    expect(() => checkStacks(given as never)).toThrow(why);
  });
});

describe("a stack's name", () => {
  const longest = `T${"w".repeat(42)}`;

  test("leaves room for what is made of it, in the region with the longest name", () => {
    checkStackName(longest);
    expect(`${longest}-ap-southeast-1-pages`).toHaveLength(64);
    checkStackName(new Stack(new App(), "Nested").formatArn({ service: "s", resource: "r" }));
  });

  test.each([`${longest}w`, "Twostep_test", "1step", ""])("is not %j", (name) => {
    expect(() => checkStackName(name)).toThrow(
      "The stack's name must be letters, digits and hyphens, 43",
    );
  });
});

test("a setting by --context is refused, since nothing keeps it; CDK's own context is not", () => {
  const own = { "aws:cdk:enable-path-metadata": true, "@aws-cdk/core:stackRelativeExports": true };
  expect(() => refuseContext(new App({ context: own }))).not.toThrow();
  expect(() => refuseContext(new App({ context: { ...own, accountsTable: "recovered" } }))).toThrow(
    "Settings stand in twostep.config.ts. The context accountsTable is not read.",
  );
});
