import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { stacks } from "../../twostep.config.ts";
import { readTemplate, synthesizeStacks, temporaryDirectory } from "./synthesize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = temporaryDirectory();
const assembly = join(home, "cdk.out");
const [stack = ""] = Object.keys(stacks);
const inProcess = join(synthesizeStacks(stacks), "cdk.out");

test("npm run synth needs no AWS account, passes CDK's default rules without an error or a warning, and makes the template that a synth in process makes", () => {
  const run = spawnSync("npm", ["run", "--silent", "synth", "--", "--output", assembly], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: home },
    encoding: "utf8",
  });
  // Rules are errors by CDK's recommended flags (see nag.test.ts); warnings would be written.
  expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });

  expect(readTemplate(assembly, stack)).toEqual(readTemplate(inProcess, stack));

  // SAM finds the code of a function by this.
  const { Resources } = z
    .object({
      Resources: z.record(
        z.string(),
        z.object({
          Type: z.string(),
          Metadata: z
            .looseObject({
              "aws:asset:path": z.string().optional(),
              SamResourceId: z.string().optional(),
            })
            .optional(),
          Properties: z.looseObject({ Description: z.string().optional() }).optional(),
        }),
      ),
    })
    .parse(JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), "utf8")));
  for (const resource of Object.values(Resources)) {
    if (resource.Type !== "AWS::Lambda::Function") continue;
    const path = resource.Metadata?.["aws:asset:path"] ?? "no path";
    expect(existsSync(join(assembly, path, "index.js"))).toBe(true);
    // And a person names it by the folder of its code, as events are named.
    expect(`functions/${resource.Metadata?.SamResourceId}`).toBe(resource.Properties?.Description);
  }
});
