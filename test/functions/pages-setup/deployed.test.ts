import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowedBy, Role } from "../../infra/rules/roles.ts";
import { functionsOf, named, resourcesOf, synthesize } from "../../infra/synthesize.ts";
import { startFunction } from "../bundled-function.ts";
import { aServer, type Received } from "../telegram-setup/loopback.ts";
import { anS3, credentials, region } from "./s3-server.ts";

const { directory, template } = synthesize();
const setup = functionsOf(template, join(directory, "cdk.out")).get("pages-setup");
if (!setup) throw new Error("The template has no pages-setup.");
const event = JSON.parse(
  readFileSync(new URL("../../../events/pages-setup.json", import.meta.url), "utf8"),
) as object;

/** The actions of the function's role that S3 hears of. */
const granted = resourcesOf(template, "AWS::IAM::Role")
  .filter(([logicalId]) => named({ Ref: logicalId }) === "PagesDeploymentpagessetuprole")
  .flatMap(([, { Properties }]) => allowedBy(Role.parse(Properties)))
  .map((line) => line.split(" ")[0] ?? "")
  .filter((action) => action.startsWith("s3:"));

test("the deployed function fills the bucket with the pages that it carries and empties it, and uses all that its role allows", async () => {
  const s3 = await anS3();
  const answers: Received[] = [];
  const cloudFormation = await aServer((request) => {
    answers.push(request);
    return { status: 200, body: "" };
  });
  const deployed = startFunction(setup.asset, {
    PAGES_BUCKET: s3.bucket,
    S3_URL: s3.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: setup.asset,
    TEST_REMAINING_MS: "300000",
  });
  const invoke = (RequestType: string) =>
    deployed.invoke({
      ...event,
      RequestType,
      ResponseURL: `${cloudFormation}/?signature`,
    } as never);

  await invoke("Create");
  const pages = readdirSync(join(directory, "pages", "en-uk-ru")).sort();
  expect([...s3.objects.keys()].sort()).toEqual(pages);
  expect(s3.objects.get("index.html")?.body).toBe(
    readFileSync(join(directory, "pages", "en-uk-ru", "index.html"), "utf8"),
  );
  await invoke("Delete");
  expect([...s3.objects]).toEqual([]);

  expect(answers.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { Status: "SUCCESS", PhysicalResourceId: "pages" },
    { Status: "SUCCESS", PhysicalResourceId: "pages" },
  ]);
  const used = new Set(s3.done.map((line) => line.split(" ")[0]));
  expect([...used].sort()).toEqual([...granted].sort());
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken, "signature"])
    expect(deployed.output()).not.toContain(secret);
});
