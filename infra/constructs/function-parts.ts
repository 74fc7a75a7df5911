import type { RemovalPolicy } from "aws-cdk-lib";
import type { ChangedLimits } from "../../lib/settings/change-limits.ts";
import type { Languages } from "../../lib/settings/languages.ts";
import type { FunctionName } from "../settings/functions.ts";
import type { ReservedConcurrency } from "../settings/reserved-concurrency.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import type { Processor } from "../settings/twostep-props.ts";
import type { Access } from "./access.ts";
import type { AccountsTable } from "./accounts-table.ts";
import type { ActivityBus } from "./activity-bus.ts";
import type { Fallback } from "./fallback.ts";
import type { ServiceApi } from "./http-api.ts";
import type { Pages } from "./pages.ts";
import type { Secrets } from "./secrets.ts";
import type { ServiceFunction, ServiceFunctionProps } from "./service-function.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

export type ServiceFunctionsProps = {
  bundleDirectory: string;
  settings: ServiceSettings;
  api: ServiceApi;
  accounts: AccountsTable;
  secrets: Secrets;
  telegramQueue: TelegramQueue;
  telegramWebhookUrl: string;
  fallback: Fallback;
  activityBus: ActivityBus;
  changedLimits: ChangedLimits;
  languages: Languages;
  reservedConcurrency: ReservedConcurrency;
  architecture: Processor;
  /** Whether functions send traces to X-Ray. */
  tracing: boolean;
  /** Whether callers go to an alias of each function. */
  aliased: boolean;
  removalPolicy: RemovalPolicy;
  /** Undefined where the pages are left out. */
  pages: Pages | undefined;
};

export type MakeFunction = (
  name: FunctionName,
  own?: Partial<
    Omit<
      ServiceFunctionProps,
      "bundleDirectory" | "architecture" | "tracing" | "aliased" | "removalPolicy"
    >
  >,
) => ServiceFunction;

/** The parts that functions are made from, and what makes them. */
export type FunctionParts = Omit<ServiceFunctionsProps, "bundleDirectory"> & {
  make: MakeFunction;
  /** The same, for a function that the HTTP API calls. */
  makeHttp: MakeFunction;
  /**
   * The access of every function whose decisions close challenges or note activity: their effects go to the queue, the
   * fallback and the bus. Such a decision ends a fallback. Only a function that requests calls, or learns that one
   * failed, moves a fallback on (`fallback.allowMove`).
   */
  allowEffects: () => readonly Access[];
  /** The variable of every function that writes to people, or notes the language to use. */
  speaks: { readonly LANGUAGES: string };
  /** The access of every function that counts by the caller's address or writes it down. */
  allowCallerAddress: () => readonly Access[];
};
