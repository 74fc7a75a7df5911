import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { functionsOf, synthesize } from "./synthesize.ts";

const { directory, template } = synthesize();
const without = synthesize({ pages: false });

test("what deploys is the bundled pages, whole", () => {
  const setup = functionsOf(template, join(directory, "cdk.out")).get("pages-setup");
  const asset = join(setup?.asset ?? "none", "files");
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
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "Custom::Pages",
  ]);
  expect(without.template.Outputs).not.toHaveProperty("PagesUrl");
  const functions = functionsOf(without.template, join(without.directory, "cdk.out"));
  for (const { variables } of functions.values())
    expect(variables).not.toHaveProperty("EDGE_SECRET_ID");
  const kept = Object.keys(template.Resources).filter((id) => !id.startsWith("Pages"));
  expect(Object.keys(without.template.Resources).sort()).toEqual(kept.sort());
});
