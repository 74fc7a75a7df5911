import { CfnResource, Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ServiceFunction } from "./constructs/service-function.ts";
import type { TwostepServiceProps } from "./settings/twostep-props.ts";
import { TwostepService } from "./twostep-service.ts";
import type { Bundles } from "./twostep-service.ts";

export type TwostepStackProps = Pick<StackProps, "description"> & {
  readonly service: TwostepServiceProps & Bundles;
};

/** The service by itself, for deployers without a CDK app of their own. */
export class TwostepStack extends Stack {
  constructor(scope: Construct, id: string, { service, ...props }: TwostepStackProps) {
    super(scope, id, props);
    // CDK leaves this id out of the names of resources.
    new TwostepService(this, "Default", service);
    for (const each of this.node.findAll()) if (each instanceof ServiceFunction) nameForSam(each);
  }
}

/**
 * Names a function for `sam local invoke` by the folder of its code. This is not done in a host's stack, whose own
 * functions may have such names.
 */
function nameForSam({ node }: ServiceFunction): void {
  if (node.defaultChild instanceof CfnResource)
    node.defaultChild.addMetadata("SamResourceId", node.id);
}
