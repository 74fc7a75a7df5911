import { Token } from "aws-cdk-lib";

/**
 * The longest name that still fits into all names that are made of it: CloudFront takes 64 characters for an origin
 * access control, which also has the region's name (up to 14) and `--pages` in it.
 */
const longest = 43;

/** Throws for a stack whose name would fail a deploy that is half done. A name that is a token is not checked. */
export const checkStackName = (name: string): void => {
  if (Token.isUnresolved(name)) return;
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(name) && name.length <= longest) return;
  throw new Error(
    `The stack's name must be letters, digits and hyphens, ${longest} at most; it is ${JSON.stringify(name)}.`,
  );
};
