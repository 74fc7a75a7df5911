import type { RemovalPolicy } from "aws-cdk-lib";
import type { ChangedLimits } from "../../lib/settings/change-limits.ts";
import type { Languages } from "../../lib/settings/languages.ts";
import type { FunctionName } from "../settings/functions.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import type { Processor } from "../settings/twostep-props.ts";
import type { Access } from "./access.ts";
import type { AccountsTable } from "./accounts-table.ts";
import type { ActivityBus } from "./activity-bus.ts";
import type { Fallback } from "./fallback.ts";
import type { Pages } from "./pages.ts";
import type { Secrets } from "./secrets.ts";
import type { ServiceFunction, ServiceFunctionProps } from "./service-function.ts";
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

export type MakeFunction = (
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
