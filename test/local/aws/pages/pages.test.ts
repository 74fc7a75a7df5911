import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startStack } from "../../../../local/stack.ts";
import type { Template } from "../../../../local/aws/template/template.ts";
import { anAssembly, ECHO } from "../../support/assembly.ts";
import { aFolder } from "../../support/folder.ts";

const headers: Template["Resources"] = {
  Headers: {
    Type: "AWS::CloudFront::ResponseHeadersPolicy",
    Properties: {
      ResponseHeadersPolicyConfig: {
        CorsConfig: { AccessControlAllowOrigins: { Items: ["*"] } },
        CustomHeadersConfig: { Items: [{ Header: "X-Own", Value: "1", Override: true }] },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: "DENY" },
          ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 1 },
        },
      },
    },
  },
};

const deployer: Template["Resources"] = {
  Deployer: {
    Type: "AWS::Lambda::Function",
    Properties: { Code: { S3Key: "deployer.zip" }, Handler: "index.handler" },
  },
  Deployment: {
    Type: "Custom::Pages",
    Properties: {
      ServiceToken: { "Fn::GetAtt": ["Deployer", "Arn"] },
      CacheControl: "no-cache",
      Fingerprint: "1",
    },
  },
};

/** A stack with these files for pages, and a function that answers everything else. */
async function aStackWithPages(files: Record<string, string>) {
  const assembly = await anAssembly({
    functions: { Echo: ECHO },
    routes: { $default: "Echo", "GET /v1/time": "Echo" },
    resources: { ...headers, ...deployer },
  });
  const carried = join(assembly.directory, "asset.deployer", "files");
  await mkdir(carried, { recursive: true });
  await writeFile(join(carried, "..", "index.js"), "the function's own code");
  for (const [name, text] of Object.entries(files)) await writeFile(join(carried, name), text);
  await writeFile(join(assembly.directory, "secret.txt"), "outside");
  const stack = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
    demo: false,
    assembly,
  });
  onTestFinished(stack.stop);
  return stack;
}

test("the folder that would deploy is served under the template's headers, its root at /", async () => {
  const { url } = await aStackWithPages({
    "index.html": "<p>hello",
    "panel.js": "1",
    "panel.js.map": "{}",
  });
  const page = await fetch(url);
  expect(await page.text()).toBe("<p>hello");
  expect(Object.fromEntries(page.headers)).toMatchObject({
    "content-type": "text/html",
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "access-control-allow-origin": "*",
    "x-own": "1",
  });
  expect(page.headers.has("strict-transport-security")).toBe(false);
  expect((await fetch(`${url}/panel.js`)).headers.get("content-type")).toBe("text/javascript");
  expect((await fetch(`${url}/panel.js.map`)).status).toBe(200);
  expect(await (await fetch(`${url}/?at=profile`)).text()).toBe("<p>hello");
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    200,
    "8",
    "",
  ]);
});

test("everything else is the API's, and no path leads out of the folder", async () => {
  const { url } = await aStackWithPages({ "index.html": "<p>hello" });
  const routeKey = async (path: string, method = "GET") =>
    ((await (await fetch(url + path, { method })).json()) as { routeKey: string }).routeKey;
  expect(await routeKey("/v1/time")).toBe("GET /v1/time");
  for (const path of [
    "/nothing.js",
    "/..%2fsecret.txt",
    "/index.html/",
    "//index.html",
    "/..%2findex.js",
  ])
    expect(await routeKey(path)).toBe("$default");
  expect(await routeKey("/", "POST")).toBe("$default");
});

test("the project's own template serves the panel and both elements, and its API beside them", async () => {
  const stack = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
  });
  onTestFinished(stack.stop);
  const page = await fetch(stack.url);
  expect(await page.text()).toContain('<script type="module" src="panel.js">');
  expect(page.headers.get("content-security-policy")).toContain(
    "require-trusted-types-for 'script'",
  );
  for (const name of [
    "twostep-sign-in.js",
    "twostep-security.js",
    "panel.js",
    "panel.css",
    "icon.svg",
  ])
    expect([name, (await fetch(`${stack.url}/${name}`)).status]).toEqual([name, 200]);
  const unknown = await fetch(`${stack.url}/sign-in`);
  expect(await unknown.json()).toMatchObject({ code: "not_found" });
});
