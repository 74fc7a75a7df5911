import { readFileSync } from "node:fs";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { samEnvironment } from "../../local/sam/sam-environment.ts";
import { startStack } from "../../local/stack.ts";
import { startFunction } from "../functions/bundled-function.ts";
import { aFolder } from "./support/folder.ts";

const readEvent = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../events/${name}.json`, import.meta.url), "utf8"),
  ) as APIGatewayProxyEventV2;

test("a function that SAM runs finds the services of this machine by the template's own variables", async () => {
  const stack = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
    origins: ["http://127.0.0.1:3000"],
  });
  onTestFinished(stack.stop);
  const environment = samEnvironment(stack.functions, stack.endpoints);
  const [plan] = stack.functions.filter(({ name }) => /signin/i.test(name));
  const variables = environment[plan?.name ?? ""];
  if (!plan || !variables) throw new Error("No function for signing in.");
  // SAM sets the variables that the template declares, and Lambda's own.
  expect(Object.keys(variables).sort()).toEqual(Object.keys(plan.environment).sort());
  const signIn = startFunction(plan.codeDirectory, {
    ...variables,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "defaultkey",
    AWS_SECRET_ACCESS_KEY: "defaultsecret",
  });
  const event = readEvent("sign-in");
  const { email, password } = stack.demo;
  const answer = await signIn.invoke({
    ...event,
    headers: { ...event.headers, origin: "http://127.0.0.1:3000" },
    body: JSON.stringify({ email, password }),
  });
  expect(answer).toMatchObject({ statusCode: 200, body: '{"status":"signed_in"}' });
});
