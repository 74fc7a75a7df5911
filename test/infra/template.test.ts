import { join } from "node:path";
import { describe, test } from "vitest";
import { allRules } from "./rules/all.ts";
import { functionsOf, synthesize, topic } from "./synthesize.ts";

const { directory, template } = synthesize({ alarmTopicArn: topic });
const functions = functionsOf(template, join(directory, "cdk.out"));

describe.each(Object.entries(allRules))("%s:", (_, rules) => rules({ template, functions }, test));
