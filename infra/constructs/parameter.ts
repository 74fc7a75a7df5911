import { CfnParameter } from "aws-cdk-lib";
import type { CfnParameterProps } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** A parameter of the template under its plain name, without CDK's path and hash. */
export function parameter(scope: Construct, name: string, props: CfnParameterProps): CfnParameter {
  const made = new CfnParameter(scope, name, props);
  made.overrideLogicalId(name);
  return made;
}

/** The address of somebody else's HTTP API. Secrets travel with every request: plain http only on one's own machine. */
export function apiRootParameter(
  scope: Construct,
  name: string,
  props: { default: string; description: string },
): CfnParameter {
  return parameter(scope, name, {
    type: "String",
    ...props,
    allowedPattern: String.raw`^(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$`,
    constraintDescription: `must be a URL such as ${props.default}, without a slash at its end`,
  });
}
