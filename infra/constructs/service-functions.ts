import { Fn } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { FunctionName } from "../settings/functions.ts";
import { coreFunctions } from "./core-functions.ts";
import type { MakeFunction, ServiceFunctionsProps } from "./function-parts.ts";
import { phoneFunctions } from "./phone-functions.ts";
import { ServiceFunction } from "./service-function.ts";
import { syntheticFunction } from "./synthetic-function.ts";
import { telegramFunctions } from "./telegram-functions.ts";

/** All functions, each with its variables and its access. */
export class ServiceFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: ServiceFunctionsProps) {
    super(scope, id);
    const { bundleDirectory, settings, telegramQueue, fallback, activityBus, pages } = props;
    const changed = Object.keys(props.changedLimits).length > 0;
    const limits = changed ? { LIMITS: JSON.stringify(props.changedLimits) } : {};
    const make: MakeFunction = (name, own) =>
      new ServiceFunction(this, name, {
        access: [],
        ...own,
        environment: { ...limits, ...own?.environment },
        reservedConcurrency: props.reservedConcurrency[name],
        architecture: props.architecture,
        tracing: props.tracing,
        // A deploy itself runs this one, and it has to be the new one.
        aliased: props.aliased && name !== "telegram-setup",
        removalPolicy: props.removalPolicy,
        bundleDirectory,
      });
    // The pages' origin comes last. The first origin is the domain that codes in SMS are bound to, and that is the
    // deployer's.
    const origins = [...settings.allowedOrigins, ...(pages ? [pages.origin] : [])];
    const makeHttp: MakeFunction = (name, own) =>
      make(name, {
        ...own,
        environment: { ALLOWED_ORIGINS: Fn.join(",", origins), ...own?.environment },
      });
    const allowEffects = () => [
      telegramQueue.allowSend(),
      fallback.allowEnd(),
      activityBus.allowPut(),
    ];
    const allowCallerAddress = () => (pages ? [pages.edge.allowCallerAddress()] : []);
    const speaks = { LANGUAGES: props.languages.join(",") };
    const parts = { ...props, make, makeHttp, allowEffects, allowCallerAddress, speaks };
    this.byName = {
      ...coreFunctions(parts),
      ...telegramFunctions(parts),
      ...phoneFunctions(parts),
      ...syntheticFunction(parts),
    };
  }
}
