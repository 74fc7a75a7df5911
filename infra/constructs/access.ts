import type { PolicyStatement } from "aws-cdk-lib/aws-iam";

/** What lets a function use one thing: the variables that name it and the statements that open it, always given together. */
export type Access = {
  environment: Readonly<Record<string, string>>;
  statements: readonly PolicyStatement[];
};
