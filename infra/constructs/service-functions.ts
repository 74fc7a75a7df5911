import { Fn } from "aws-cdk-lib";
import type { RemovalPolicy } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { ChangedLimits } from "../../lib/settings/change-limits.ts";
import type { Languages } from "../../lib/settings/languages.ts";
import type { FunctionName } from "../functions.ts";
import type { Processor } from "../twostep-props.ts";
import type { Access } from "./access.ts";
import type { ActivityBus } from "./activity-bus.ts";
import type { AccountsTable } from "./accounts-table.ts";
import { coreFunctions } from "./core-functions.ts";
import type { Fallback } from "./fallback.ts";
import type { Pages } from "./pages.ts";
import { phoneFunctions } from "./phone-functions.ts";
import type { Secrets } from "./secrets.ts";
import { ServiceFunction } from "./service-function.ts";
import type { ServiceFunctionProps } from "./service-function.ts";
import type { ServiceSettings } from "../service-settings.ts";
import { telegramFunctions } from "./telegram-functions.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

export type ServiceFunctionsProps = {
  bundleDirectory: string;
  settings: ServiceSettings;
  accounts: AccountsTable;
  secrets: Secrets;
  telegramQueue: TelegramQueue;
  fallback: Fallback;
  activityBus: ActivityBus;
  changedLimits: ChangedLimits;
  languages: Languages;
  /** Keeps concurrency for each kind of function. */
  bulkheads: boolean;
  architecture: Processor;
  removalPolicy: RemovalPolicy;
  /** Undefined where they are left out. */
  pages: Pages | undefined;
};

type MakeFunction = (
  name: FunctionName,
  own?: Partial<Omit<ServiceFunctionProps, "bundleDirectory" | "architecture" | "removalPolicy">>,
) => ServiceFunction;

/** What functions are made of and by. */
export type FunctionParts = Omit<ServiceFunctionsProps, "bundleDirectory"> & {
  make: MakeFunction;
  /** The same for what the HTTP API calls. */
  makeHttp: MakeFunction;
  /**
   * What every function needs whose decisions close challenges or note activity: what follows goes to the queue, the fallback and the
   * bus. Such a decision ends a fallback; only what asks for calls, or learns that one failed, moves it on (`fallback.allowMove`).
   */
  allowEffects: () => readonly Access[];
  /** What every function needs that speaks to people, or notes in which language to. */
  speaks: { readonly LANGUAGES: string };
  /** What every function needs that counts by the caller's address or writes it down. */
  allowCallerAddress: () => readonly Access[];
};

/**
 * Concurrency that is kept for a function and is its throttle. Whoever floods the costly or the open ones leaves room for what people wait
 * for, and a flood of those leaves room for the queue, the fallback and the webhooks. 290 of the 1,000 that an account has.
 */
const bulkheads: Partial<Record<FunctionName, number>> = {
  "sign-in": 100,
  accounts: 50,
  "telegram-webhook": 50,
  "telegram-sender": 20,
  "dispatch-call": 20,
  "send-sms": 20,
  "call-status": 20,
  "not-found": 10,
};

/** Which function exists, with what it knows and may do. */
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
        reservedConcurrency: props.bulkheads ? bulkheads[name] : undefined,
        architecture: props.architecture,
        removalPolicy: props.removalPolicy,
        bundleDirectory,
      });
    // Last: the first is the domain that codes in SMS are bound to, and that is the deployer's.
    const origins = [settings.allowedOriginsText, ...(pages ? [pages.origin] : [])];
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
    };
  }
}
