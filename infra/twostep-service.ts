import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import { carrierNames } from "../lib/phone/carriers/carriers.ts";
import { changeLimits } from "../lib/settings/change-limits.ts";
import { everyLanguage, type Languages } from "../lib/settings/languages.ts";
import { acknowledgeFindings } from "./acknowledged.ts";
import { bundle } from "./bundles/bundle.ts";
import { bundleWeb } from "./bundles/bundle-web.ts";
import { AccountsTable } from "./constructs/accounts-table.ts";
import { ActivityBus } from "./constructs/activity-bus.ts";
import { Canary } from "./constructs/canary.ts";
import { ServiceApi } from "./constructs/http-api.ts";
import { Fallback } from "./constructs/fallback.ts";
import { Operations } from "./constructs/operations.ts";
import { addOutputs } from "./constructs/outputs.ts";
import { Pages } from "./constructs/pages.ts";
import type { PagesProps } from "./constructs/pages.ts";
import { Secrets } from "./constructs/secrets.ts";
import { ServiceFunctions } from "./constructs/service-functions.ts";
import { SyntheticSignIn } from "./constructs/synthetic-sign-in.ts";
import { TelegramBot } from "./constructs/telegram-bot.ts";
import { telegramSenderTimeoutSeconds } from "./constructs/telegram-functions.ts";
import { TelegramQueue } from "./constructs/telegram-queue.ts";
import { checkProps } from "./settings/check-props.ts";
import { recommendedConcurrency } from "./settings/reserved-concurrency.ts";
import { telegramWebhookPath } from "./settings/routes.ts";
import { settingsOf } from "./settings/service-settings.ts";
import { checkStackName } from "./settings/stack-name.ts";
import type { TwostepServiceProps } from "./settings/twostep-props.ts";

/** Where the functions and pages were bundled; if not given, they are bundled into `dist/`. */
export type Bundles = {
  readonly bundleDirectory?: string | undefined;
  readonly pagesDirectory?: string | undefined;
};

/**
 * The whole service: one table, one secret for each purpose, one queue, one state machine, one event bus, the
 * functions, the HTTP API before them, the pages, and the operator's alarms and dashboard.
 *
 * ```ts
 * new TwostepService(stack, "SecondStep", {
 *   allowedOrigins: ["https://panel.example.com"],
 *   alarmTopicArn: alarms.topicArn,
 * });
 * ```
 *
 * A stack can have only one: outputs and some names belong to the stack.
 */
export class TwostepService extends Construct {
  /** Where the API answers, without a slash at its end. */
  readonly apiUrl: string;
  /** Undefined where the pages are left out. */
  readonly pagesUrl: string | undefined;
  /** The bus that gets every entry of recent activity. You can add your own rules. */
  readonly activityBus: ActivityBus;

  constructor(
    scope: Construct,
    id: string,
    { bundleDirectory, pagesDirectory, ...props }: TwostepServiceProps & Bundles,
  ) {
    super(scope, id);
    checkStackName(Stack.of(this).stackName);
    checkProps(props, { where: id === "Default" ? Stack.of(this).stackName : this.node.path });
    const settings = settingsOf(props);
    const limits = changeLimits(props.limits ?? {});
    const { languages = everyLanguage, domain, trial = false } = props;
    // What a deploy makes first and then takes back is empty, and goes: a failed first deploy leaves little behind.
    const removalPolicy = trial ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

    const accounts = new AccountsTable(this, "Accounts", {
      trial,
      recovered: props.accountsTable,
    });
    const secrets = new Secrets(this, "Secrets", { removalPolicy });
    const reservedConcurrency = props.reservedConcurrency ?? (trial ? {} : recommendedConcurrency);
    const telegramQueue = new TelegramQueue(this, "Telegram", {
      consumerTimeoutSeconds: telegramSenderTimeoutSeconds,
      consumerConcurrency: reservedConcurrency["telegram-sender"],
      tryForSeconds: limits.challenge.lifeSeconds,
    });
    const tracing = props.tracing ?? false;
    const fallback = new Fallback(this, "Fallback", { tracing });
    this.activityBus = new ActivityBus(this, "Activity");
    const withPages = props.pages !== false;
    const api = new ServiceApi(this, "Api", {
      settings,
      removalPolicy,
      ...(domain && !withPages ? { domain } : {}),
    });
    const code = {
      bundleDirectory: bundleDirectory ?? bundle().directory,
      architecture: props.architecture ?? "arm64",
    };
    const pages =
      props.pages === false
        ? undefined
        : this.addPages(props, { ...code, pagesDirectory, api, languages });
    const telegramWebhookUrl = `${api.url}${telegramWebhookPath}`;
    const { byName: functions } = new ServiceFunctions(this, "Functions", {
      ...code,
      settings,
      api,
      accounts,
      secrets,
      telegramQueue,
      telegramWebhookUrl,
      fallback,
      activityBus: this.activityBus,
      pages,
      changedLimits: props.limits ?? {},
      languages,
      reservedConcurrency,
      tracing,
      aliased: props.canary !== undefined,
      removalPolicy,
    });
    api.answerWith(functions);
    telegramQueue.deliverTo(functions["telegram-sender"].live);
    const { "dispatch-call": dispatchCall, "send-sms": sendSms } = functions;
    fallback.keepTimeFor({ dispatchCall: dispatchCall.live, sendSms: sendSms.live });
    const bot = new TelegramBot(this, "TelegramBot", {
      setup: functions["telegram-setup"],
      settings,
      languages,
      webhookUrl: telegramWebhookUrl,
    });
    const { syntheticSignIn = true } = props;
    if (syntheticSignIn) {
      new SyntheticSignIn(this, "Synthetic", {
        signIn: functions["synthetic-sign-in"].live,
      });
    }
    new Operations(this, "Operations", {
      api,
      telegramQueue,
      fallback,
      background: {
        "telegram-sender": functions["telegram-sender"],
        "dispatch-call": dispatchCall,
        "send-sms": sendSms,
      },
      carriers: carrierNames,
      syntheticSignIn,
      moneyPerDay: limits.sends.money / 1_000_000,
      alarmTopicArn: props.alarmTopicArn,
    });
    if (props.canary) {
      new Canary(this, "Canary", { ...props.canary, functions: Object.values(functions), api });
    }
    addOutputs(this, {
      api,
      pages,
      accounts,
      secrets,
      bot,
      fallback,
      activityBus: this.activityBus,
    });
    acknowledgeFindings(this, {
      pages: pages !== undefined,
      domain: domain !== undefined,
      tracing,
      canary: props.canary !== undefined,
    });
    this.apiUrl = api.url;
    this.pagesUrl = pages?.url;
  }

  private addPages(
    { pages, domain }: TwostepServiceProps,
    { pagesDirectory, languages, ...parts }: PagesParts,
  ) {
    const { directory = pagesDirectory, webAclArn } = pages === false ? {} : (pages ?? {});
    return new Pages(this, "Pages", {
      ...parts,
      directory: directory ?? bundleWeb(undefined, languages).directory,
      domain,
      webAclArn,
    });
  }
}

type PagesParts = Pick<Bundles, "pagesDirectory"> &
  Pick<PagesProps, "api" | "bundleDirectory" | "architecture"> & { readonly languages: Languages };
