import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { bundledFunctionNames } from "../../infra/settings/functions.ts";
import type { TwostepServiceProps } from "../../infra/settings/twostep-props.ts";
import { TwostepService } from "../../infra/twostep-service.ts";
import { processDirectory } from "../support/process-directory.ts";
import { Template as Parsed } from "./synthesize.ts";

const home = processDirectory();

/** Where the functions and pages are that the template names. They are empty: such a template is only read. */
const makeEmptyBundles = () => {
  const [bundleDirectory, pagesDirectory] = [join(home, "functions"), join(home, "pages")];
  mkdirSync(pagesDirectory);
  writeFileSync(join(pagesDirectory, "index.html"), "<!doctype html>");
  for (const name of bundledFunctionNames) {
    mkdirSync(join(bundleDirectory, name), { recursive: true });
    writeFileSync(join(bundleDirectory, name, "index.js"), "");
  }
  return { bundleDirectory, pagesDirectory };
};

const emptyBundles = makeEmptyBundles();

/** The template of a host's own stack with the service in it. */
export const hostTemplate = (props: Partial<TwostepServiceProps> = {}): Parsed => {
  const stack = new Stack(new App({ outdir: join(home, "cdk.out") }), "Host");
  new TwostepService(stack, "SecondStep", {
    allowedOrigins: ["https://panel.example.com"],
    alarmTopicArn: "none",
    ...props,
    ...emptyBundles,
  });
  return Parsed.parse({ Parameters: {}, ...Template.fromStack(stack).toJSON() });
};
