import { App, RemovalPolicy } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { readContext } from "../../infra/settings/read-context.ts";

const readAll = (context: Readonly<Record<string, unknown>>) => readContext(new App({ context }));
const read = (context: Readonly<Record<string, unknown>>) => readAll(context).stack;
const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/c";

test("nothing said is the safe choice of each", () => {
  expect(read({})).toEqual({
    pages: {},
    bulkheads: true,
    architecture: "arm64",
    removalPolicy: RemovalPolicy.RETAIN,
  });
});

test("each says what it is for", () => {
  const choices = read({
    stage: "test",
    domain: "id.example.com",
    certificate,
    webAcl: "arn:acl",
    alarmTopic: "arn:aws:sns:eu-central-1:111122223333:alarms",
    bulkheads: "false",
    limits: '{"fallback":{"calls":2}}',
    accountsTable: "twostep-recovered",
    architecture: "x86_64",
    languages: "uk,en",
    removal: "destroy",
  });
  expect(choices).toMatchObject({
    stackName: "Twostep-test",
    pages: { webAclArn: "arn:acl" },
    domain: { name: "id.example.com", certificateArn: certificate },
    alarmTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
    bulkheads: false,
    limits: { fallback: { calls: 2 } },
    accountsTable: "twostep-recovered",
    architecture: "x86_64",
    languages: ["uk", "en"],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  expect(read({ pages: false }).pages).toBe(false);
});

test("the web ACL's own stack is made where it is asked for", () => {
  expect([readAll({}).edge, readAll({ edge: "true" }).edge]).toEqual([false, true]);
});

describe("refused:", () => {
  test.each([
    ["a domain without its certificate", { domain: "id.example.com" }, "needs its certificate"],
    ["a certificate without its domain", { certificate }, "its domain"],
    ["a web ACL before nothing", { pages: "false", webAcl: "arn:acl" }, "nothing to put it on"],
    ["pages=no", { pages: "no" }, "true or false"],
    ["bulkheads=0", { bulkheads: "0" }, "true or false"],
    ["architecture=x64", { architecture: "x64" }, "arm64 or x86_64"],
    ["removal=delete", { removal: "delete" }, "retain or destroy"],
    ["an unknown limit", { limits: '{"calls":1}' }, "no limit calls"],
    ["an unknown language", { languages: "uk,de" }, 'names "de"'],
    ["a repeated language", { languages: "uk,en,uk" }, "names uk twice"],
    ["an empty language", { languages: "uk,," }, 'names ""'],
    ["no language", { languages: "" }, "languages must name one"],
    ["limits that are no JSON", { limits: "calls=1" }, "JSON"],
  ])("%s", (_, context, why) => {
    expect(() => read(context)).toThrow(why);
  });
});
