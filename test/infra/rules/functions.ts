import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { bundledFunctionNames } from "../../../infra/settings/functions.ts";
import { apiRootVariable, carrierNames, carriers } from "../../../lib/phone/carriers/carriers.ts";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { readable } from "../readable.ts";
import { settingsOf } from "../synthesize.ts";
import { constructOf } from "./construct-of.ts";
import { fallbackArn } from "./access.ts";
import type { Rules } from "./rule.ts";

const common = [
  "NODE_OPTIONS",
  "POWERTOOLS_LOG_LEVEL",
  "POWERTOOLS_METRICS_NAMESPACE",
  "POWERTOOLS_SERVICE_NAME",
];

const http = ["ALLOWED_ORIGINS"];

const decides = ["TABLE_NAME", "TELEGRAM_QUEUE_URL", "FALLBACK_ARN", "EVENT_BUS_NAME"];

/** Decides on a fallback alone. */
const climbs = ["TABLE_NAME", "FALLBACK_ARN"];

/** Knows the caller's address also where CloudFront stands between. */
const counts = ["EDGE_SECRET_ID"];

const speaksToTelegram = ["TELEGRAM_API_ROOT", "TELEGRAM_BOT_TOKEN_SECRET_ID"];

const speaks = ["LANGUAGES"];

const apiRoots = Object.fromEntries(
  carrierNames.map((name) => [apiRootVariable(name), carriers[name].apiRoot]),
);
const carrierApiRoots = Object.keys(apiRoots);

const codesKey = "CODES_KEY_SECRET_ID";

const carrierCredentials = "CARRIER_CREDENTIALS_SECRET_ID";

const botName = "TELEGRAM_BOT_USERNAME";

const webhookSecret = "TELEGRAM_WEBHOOK_SECRET_ID";

const own = {
  "sign-in": [...http, ...counts, ...decides, "LOOKUP_KEY_SECRET_ID", botName],
  challenge: [
    ...http,
    ...counts,
    ...decides,
    ...carrierApiRoots,
    "RECOVERY_KEY_SECRET_ID",
    "TOTP_KEY_SECRET_ID",
    codesKey,
    carrierCredentials,
    botName,
  ],
  totp: [...http, ...counts, ...decides, "SERVICE_NAME", "TOTP_KEY_SECRET_ID"],
  "recovery-codes": [...http, ...counts, ...decides, "RECOVERY_KEY_SECRET_ID"],
  sessions: [
    ...http,
    ...counts,
    ...decides,
    "CODES_KEY_SECRET_ID",
    "LOOKUP_KEY_SECRET_ID",
    "SERVICE_NAME",
    botName,
  ],
  security: [...http, "TABLE_NAME"],
  accounts: [...http, ...decides, ...speaks, "LOOKUP_KEY_SECRET_ID", "SERVICE_NAME", "SIGN_IN_URL"],
  telegram: [...http, ...counts, ...decides, botName],
  "telegram-webhook": [
    ...http,
    ...decides,
    ...speaksToTelegram,
    ...speaks,
    "SERVICE_NAME",
    botName,
    webhookSecret,
  ],
  "telegram-sender": [...decides, ...speaksToTelegram, ...speaks, "SERVICE_NAME"],
  "telegram-setup": [
    ...speaksToTelegram,
    ...speaks,
    "TELEGRAM_WEBHOOK_URL",
    botName,
    webhookSecret,
  ],
  phones: [
    ...http,
    ...counts,
    ...decides,
    ...carrierApiRoots,
    "ALLOWED_COUNTRIES",
    "SERVICE_NAME",
    codesKey,
    carrierCredentials,
  ],
  "dispatch-call": [...climbs, ...carrierApiRoots, "CALL_CARRIERS", codesKey, carrierCredentials],
  "send-sms": [...climbs, ...speaks, "ALLOWED_ORIGINS", "SERVICE_NAME", "SMS_SENDER_ID", codesKey],
  "call-status": [...http, ...climbs, "SERVICE_NAME", carrierCredentials],
  health: [...http, "TABLE_NAME"],
  "synthetic-sign-in": ["BROWSER_API_URL", "HOST_API_URL", "SYNTHETIC_SIGN_IN_SECRET_ID"],
  time: http,
  "not-found": http,
  "pages-setup": ["PAGES_BUCKET", "S3_URL"],
};

const timeoutSeconds: Record<string, number> = {
  "telegram-sender": 30,
  "telegram-setup": 60,
  "pages-setup": 300,
  "dispatch-call": 20,
  "synthetic-sign-in": 30,
};

/** What a variable says, whichever function has it. */
const meanings: Readonly<Record<string, string>> = {
  NODE_OPTIONS: "--enable-source-maps",
  POWERTOOLS_LOG_LEVEL: "INFO",
  POWERTOOLS_METRICS_NAMESPACE: "Twostep",
  POWERTOOLS_SERVICE_NAME: "twostep",
  ALLOWED_ORIGINS: "https://panel.example.com,https://${PagesDistribution.DomainName}",
  BROWSER_API_URL: "https://${PagesDistribution.DomainName}",
  HOST_API_URL: "${ApiHttp.ApiEndpoint}",
  SYNTHETIC_SIGN_IN_SECRET_ID: "${SecretsSyntheticSignIn}",
  TABLE_NAME: "${AccountsTable}",
  PAGES_BUCKET: "${PagesBucket}",
  S3_URL: "https://s3.${AWS::Region}.${AWS::URLSuffix}",
  TELEGRAM_QUEUE_URL: "${TelegramQueue}",
  FALLBACK_ARN: fallbackArn,
  EVENT_BUS_NAME: "${ActivityBus}",
  EDGE_SECRET_ID: "${PagesEdgeSecret}",
  LOOKUP_KEY_SECRET_ID: "${SecretsLookupKey}",
  TOTP_KEY_SECRET_ID: "${SecretsTotpKey}",
  RECOVERY_KEY_SECRET_ID: "${SecretsRecoveryKey}",
  CODES_KEY_SECRET_ID: "${SecretsCodesKey}",
  CARRIER_CREDENTIALS_SECRET_ID: "${SecretsCarrierCredentials}",
  TELEGRAM_BOT_TOKEN_SECRET_ID: "${SecretsTelegramBotToken}",
  TELEGRAM_WEBHOOK_SECRET_ID: "${SecretsTelegramWebhookSecret}",
  TELEGRAM_BOT_USERNAME: "",
  TELEGRAM_WEBHOOK_URL: "${ApiHttp.ApiEndpoint}/v1/telegram/webhook",
  TELEGRAM_API_ROOT: "https://api.telegram.org",
  SERVICE_NAME: "Twostep",
  LANGUAGES: everyLanguage.join(","),
  ALLOWED_COUNTRIES: "",
  CALL_CARRIERS: "ucaller",
  SMS_SENDER_ID: "",
  ...apiRoots,
};

/** Where a variable says something else. */
const otherMeanings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // The first is the domain that codes in SMS are bound to, and that is the deployer's.
  "send-sms": { ALLOWED_ORIGINS: "https://panel.example.com" },
  accounts: { SIGN_IN_URL: "https://${PagesDistribution.DomainName}/" },
};

/** Hashing a password wants a whole core, which comes with this much memory. */
const memoryMegabytes: Readonly<Record<string, number>> = {
  "sign-in": 1769,
  sessions: 1769,
  accounts: 1769,
};

/** What is kept for a function, and its throttle. */
const reservedConcurrency: Readonly<Record<string, number>> = {
  "sign-in": 100,
  accounts: 50,
  "telegram-webhook": 50,
  "telegram-sender": 20,
  "dispatch-call": 20,
  "send-sms": 20,
  "call-status": 20,
  "not-found": 10,
};

const assets = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

export const functionRules: Rules = ({ template, functions }, rule) => {
  rule("every folder of functions deploys, and nothing else", () => {
    const functionsFolder = new URL("../../../functions", import.meta.url);
    const folders = readdirSync(functionsFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
    expect(folders).toEqual([...bundledFunctionNames].sort());
    expect([...functions.keys()].sort()).toEqual(folders);
  });

  for (const [name, variables] of Object.entries(own)) {
    const id = constructOf(name);
    rule(`${name} runs on Node 24 with its own role and log and only its own variables`, () => {
      const said = { ...meanings, ...otherMeanings[name] };
      expect(readable(functions.get(name)?.properties)).toEqual({
        Description: `functions/${name}`,
        Code: {
          S3Bucket: assets,
          S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/) as unknown,
        },
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        MemorySize: memoryMegabytes[name] ?? 512,
        Timeout: timeoutSeconds[name] ?? 10,
        ReservedConcurrentExecutions: reservedConcurrency[name],
        Role: `\${${id}role.Arn}`,
        LoggingConfig: {
          LogFormat: "JSON",
          ApplicationLogLevel: "INFO",
          LogGroup: `\${${id}log}`,
        },
        Environment: {
          Variables: Object.fromEntries(
            [...common, ...variables].map((variable) => [variable, said[variable]]),
          ),
        },
      });
    });
  }

  rule("logs are kept for three months", () => {
    const groups = Object.values(settingsOf(template, "AWS::Logs::LogGroup"));
    // The gateway's, too.
    expect(groups).toHaveLength(bundledFunctionNames.length + 1);
    for (const group of groups) expect(group).toEqual({ RetentionInDays: 90 });
  });
};
