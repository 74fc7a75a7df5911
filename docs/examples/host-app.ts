import { App, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { TwostepService } from "../../infra/twostep-service.ts";

/** A host's own CDK app, with the second step as a part of its stack. */
const app = new App();
const stack = new Stack(app, "Panel", { env: { region: "us-east-1" } });
const certificateArn =
  "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";

new TwostepService(stack, "SecondStep", {
  allowedOrigins: ["https://panel.example.com"],
  serviceName: "Example Hosting",
  domain: { name: "id.example.com", certificateArn },
  telegram: { botUsername: "example_hosting_bot" },
  phones: { countries: ["UA", "PL"], carriers: ["ucaller", "telnyx"] },
  limits: { sends: { money: 50_000_000 } },
  alarmTopicArn: new Topic(stack, "Alarms").topicArn,
});
app.synth();
