import type { App } from "aws-cdk-lib";

/**
 * Throws for a setting that comes by `--context`: nothing keeps it, so the next deploy would be another one. CDK's own
 * keys have a colon or a slash.
 */
export const refuseContext = (app: App): void => {
  const context = Object.keys(app.node.getAllContext() as Record<string, unknown>);
  const given = context.filter((key) => /^\w+$/.test(key));
  if (given.length === 0) return;
  throw new Error(
    `Settings stand in twostep.config.ts. The context ${given.join(", ")} is not read.`,
  );
};
