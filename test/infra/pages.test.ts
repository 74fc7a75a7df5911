import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { functionsOf, synthesize, theOnly } from "./synthesize.ts";

const { directory, template } = synthesize();
const without = synthesize({ pages: false });

test("what deploys is the bundled pages, whole", () => {
  const { SourceObjectKeys } = z
    .looseObject({ SourceObjectKeys: z.tuple([z.string()]) })
    .parse(theOnly(template, "Custom::CDKBucketDeployment").Properties);
  const asset = join(directory, "cdk.out", `asset.${SourceObjectKeys[0].replace(".zip", "")}`);
  expect(existsSync(asset)).toBe(true);
  expect(readdirSync(asset)).toEqual(readdirSync(join(directory, "pages", "en-uk-ru")));
  expect(readdirSync(asset)).toEqual(
    expect.arrayContaining([
      "index.html",
      "panel.css",
      "twostep-security.js",
      "twostep-sign-in.js",
    ]),
  );
});

test("pages: false leaves out everything of theirs, and nothing else", () => {
  const types = (of: typeof template) =>
    new Set(Object.values(of.Resources).map(({ Type }) => Type));
  const gone = [...types(template)].filter((type) => !types(without.template).has(type));
  expect(gone.sort()).toEqual([
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::IAM::Policy",
    "AWS::Lambda::LayerVersion",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "Custom::CDKBucketDeployment",
  ]);
  expect(without.template.Outputs).not.toHaveProperty("PagesUrl");
  const functions = functionsOf(without.template, join(without.directory, "cdk.out"));
  for (const { variables } of functions.values())
    expect(variables).not.toHaveProperty("EDGE_SECRET_ID");
  const kept = Object.keys(template.Resources).filter((id) => !/^(Pages|CustomCDK)/.test(id));
  expect(Object.keys(without.template.Resources).sort()).toEqual(kept.sort());
});
