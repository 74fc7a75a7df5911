import { CfnResource, Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { Parameters } from "./constructs/parameters.ts";
import { ServiceFunction } from "./constructs/service-function.ts";
import type { StackChoices } from "./settings/read-context.ts";
import { TwostepService } from "./twostep-service.ts";
import type { Bundles } from "./twostep-service.ts";

/** The choices that are made when the template is made. The others are parameters of the template. */
export type TwostepStackProps = StackProps & StackChoices & Omit<Bundles, "settings">;

/** The service by itself, for deployers without a CDK app of their own. Its settings are parameters of the template. */
export class TwostepStack extends Stack {
  constructor(scope: Construct, id: string, props: TwostepStackProps) {
    super(scope, id, props);
    const settings = new Parameters(this, "Settings");
    const { domain, alarmTopicArn, ...choices } = props;
    // CDK leaves this id out of the names of resources.
    new TwostepService(this, "Default", {
      ...choices,
      allowedOrigins: settings.allowedOrigins,
      settings,
      ...(domain && {
        domain: {
          name: domain.name,
          certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
        },
      }),
      ...(alarmTopicArn === undefined
        ? {}
        : { alarmTopic: Topic.fromTopicArn(this, "AlarmTopic", alarmTopicArn) }),
    });
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
