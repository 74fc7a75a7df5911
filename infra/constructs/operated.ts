import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { CarrierName } from "../../lib/phone/carriers/carriers.ts";
import type { Fallback } from "./fallback.ts";
import type { ServiceApi } from "./http-api.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

/** The parts that alarms and the dashboard watch. */
export type Operated = {
  readonly api: ServiceApi;
  readonly telegramQueue: TelegramQueue;
  readonly fallback: Fallback;
  /** Functions that no request waits for, by their names. */
  readonly background: Readonly<Record<string, LambdaFunction>>;
  /** The carriers that may place calls. */
  readonly carriers: readonly CarrierName[];
  /** Whether the synthetic sign-in runs. */
  readonly syntheticSignIn: boolean;
};
