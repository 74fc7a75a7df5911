import type { PolicyStatement } from "aws-cdk-lib/aws-iam";

/** Lets a function use one thing: the variables that name it and the statements that allow its use, always together. */
export type Access = {
  environment: Readonly<Record<string, string>>;
  statements: readonly PolicyStatement[];
};
