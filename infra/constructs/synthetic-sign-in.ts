import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export type SyntheticSignInProps = { readonly signIn: IFunction };

/**
 * Runs the synthetic sign-in every five minutes. A run that could not begin in time is left out: the next one comes, and
 * the alarm misses it.
 */
export class SyntheticSignIn extends Construct {
  constructor(scope: Construct, id: string, { signIn }: SyntheticSignInProps) {
    super(scope, id);
    new Rule(this, "Schedule", {
      description: "Runs the synthetic sign-in",
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaTarget(signIn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
