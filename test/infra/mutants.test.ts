import { join } from "node:path";
import { expect, test } from "vitest";
import { mutantsOf } from "./mutants.ts";
import { allRules } from "./rules/all.ts";
import { functionsOf, synthesize, topic } from "./synthesize.ts";
import type { Resource } from "./synthesize.ts";

const { directory, template } = synthesize({ alarmTopicArn: topic });
const groups = Object.values(allRules);

/** Whether everything in a group of rules holds of the template as it is now. */
const holds = (group: (typeof groups)[number]): boolean => {
  try {
    const functions = functionsOf(template, join(directory, "cdk.out"));
    group({ template, functions }, (_, check) => check());
    return true;
  } catch {
    return false;
  }
};

/** Of graphs their titles and measures are guarded, not their colours: a graph wakes nobody and opens nothing. */
const isGuarded = ({ Type }: Resource): boolean => Type !== "AWS::CloudWatch::Dashboard";

/** Words for people, and names that nothing goes by. */
const isFree =
  /\/(Description|AlarmDescription|Comment|Label|PolicyName|Id|Tags\/0\/\w+): another$/;

const guarded = Object.entries(template.Resources).filter(([, one]) => isGuarded(one));
const types = [...new Set(guarded.map(([, { Type }]) => Type))].sort();

test("as it is, the template keeps every rule", () => {
  expect(groups.filter((group) => !holds(group))).toEqual([]);
});

test.each(types)("%s: every change fails a rule", (type) => {
  const survivors: string[] = [];
  let [made, caughtBy] = [0, groups[0]];
  for (const [logicalId, { Type }] of guarded) {
    if (Type !== type) continue;
    for (const { where, apply } of mutantsOf(template, logicalId)) {
      if (isFree.test(where)) continue;
      made += 1;
      const undo = apply();
      // Neighbours are mostly caught by the same rules, so those come first.
      const order = caughtBy ? [caughtBy, ...groups] : groups;
      caughtBy = order.find((group) => !holds(group));
      if (!caughtBy) survivors.push(where);
      undo();
    }
  }
  expect(survivors).toEqual([]);
  expect(made).toBeGreaterThan(4);
  // Each was undone.
  expect(groups.filter((group) => !holds(group))).toEqual([]);
});
