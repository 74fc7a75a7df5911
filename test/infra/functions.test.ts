import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  bundledFunctionNames,
  type FunctionName,
  type PagesFunctionName,
} from "../../infra/settings/functions.ts";
import { functionsOf, synthesize, temporaryDirectory } from "./synthesize.ts";

const { directory, template } = synthesize();
const functions = functionsOf(template, join(directory, "cdk.out"));
const temporary = temporaryDirectory();

/** Loads a function as Lambda does, with what the template gives it and what the test changes of that. */
const load = (
  name: FunctionName | PagesFunctionName,
  changed: Readonly<Record<string, string>> = {},
) => {
  const found = functions.get(name);
  // From a file: `node -e` hides that a bundle cannot require.
  const script = join(temporary, `load-${name}.cjs`);
  writeFileSync(script, "process.stdout.write(typeof require(process.argv[2]).handler)");
  const variables = Object.entries(found?.variables ?? {}).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : stand(key),
  ]);
  return spawnSync(process.execPath, [script, join(found?.asset ?? "", "index.js")], {
    env: {
      AWS_REGION: "eu-central-1",
      AWS_LAMBDA_FUNCTION_NAME: name,
      ...Object.fromEntries(variables),
      ...changed,
    },
    encoding: "utf8",
  });
};

test.each(bundledFunctionNames)(
  "the deployed %s starts with what the template gives it and exports a handler",
  (name) => {
    expect(load(name)).toMatchObject({ status: 0, stdout: "function" });
  },
);

test.each([
  ["ucalller", 'CALL_CARRIERS names "ucalller"; there are'],
  ["ucaller;RU=smsr", 'CALL_CARRIERS names "smsr"'],
  ["ucaller;smsru", "CALL_CARRIERS has two lists"],
])("what places calls does not start with the carriers %j, and says why", (text, why) => {
  const { status, stderr } = load("dispatch-call", { CALL_CARRIERS: text });
  expect(status).not.toBe(0);
  expect(stderr).toContain(why);
});

/** Stands for a parameter, or for the name that a resource gets when it is deployed. */
function stand(variable: string): string {
  if (variable.endsWith("_API_ROOT")) return "https://api.example.com";
  switch (variable) {
    case "ALLOWED_ORIGINS":
      return "https://panel.example.com";
    case "SIGN_IN_URL":
      return "/sign-in";
    case "TELEGRAM_BOT_USERNAME":
    case "ALLOWED_COUNTRIES":
    case "SMS_SENDER_ID":
      // Telegram and phones are off unless somebody switches them on; everything else works then.
      return "";
    case "CALL_CARRIERS":
      return "ucaller";
    case "FALLBACK_ARN":
      return "arn:aws:states:eu-central-1:123456789012:stateMachine:Twostep-Fallback";
    default:
      return `a-${variable.toLowerCase()}`;
  }
}
