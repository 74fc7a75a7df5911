import { CfnParameter } from "aws-cdk-lib";
import type { CfnParameterProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { forms } from "../settings/service-settings.ts";

/** A parameter of the template under its plain name, without CDK's path and hash. */
export function parameter(scope: Construct, name: string, props: CfnParameterProps): CfnParameter {
  const made = new CfnParameter(scope, name, props);
  made.overrideLogicalId(name);
  return made;
}

/** The pattern of a parameter, and the text for a value of another form. */
export const formOf = (name: keyof typeof forms) => {
  const [allowedPattern, constraintDescription] = forms[name];
  return { allowedPattern, constraintDescription };
};

/**
 * A parameter for the address of an outside HTTP API. Secrets travel with every request: plain http only on the
 * deployer's own machine.
 */
export function apiRootParameter(
  scope: Construct,
  name: string,
  props: { default: string; description: string },
): CfnParameter {
  return parameter(scope, name, {
    type: "String",
    ...props,
    ...formOf("apiRoot"),
    constraintDescription: `must be a URL such as ${props.default}, without a slash at its end`,
  });
}
