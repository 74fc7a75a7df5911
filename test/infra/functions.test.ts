import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { functionNames } from "../../infra/functions.ts";
import { functionsOf, named, resourcesOf, synthesize } from "./synthesize.ts";

const { directory, template } = synthesize();
const functions = functionsOf(template, join(directory, "cdk.out"));

const common = [
  "NODE_OPTIONS",
  "POWERTOOLS_LOG_LEVEL",
  "POWERTOOLS_METRICS_NAMESPACE",
  "POWERTOOLS_SERVICE_NAME",
];
const http = ["ALLOWED_ORIGINS"];
const decides = ["TABLE_NAME", "TELEGRAM_QUEUE_URL", "LADDER_ARN", "EVENT_BUS_NAME"];
/** Knows the caller's address also where CloudFront stands between. */
const counts = ["EDGE_SECRET_ID"];
const speaksToTelegram = ["TELEGRAM_API_ROOT", "TELEGRAM_BOT_TOKEN_SECRET_ID"];
const speaks = ["LANGUAGES"];
const carrierApiRoots = ["UCALLER_API_ROOT", "SMSRU_API_ROOT", "TELNYX_API_ROOT"];
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
  sessions: [...http, ...counts, ...decides, "LOOKUP_KEY_SECRET_ID", botName],
  security: [...http, "TABLE_NAME"],
  accounts: [...http, ...decides, ...speaks, "LOOKUP_KEY_SECRET_ID", "SIGN_IN_URL"],
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
  // The Bot API's address and the languages are properties of the custom resource: their change has to reach the function.
  "telegram-setup": ["TELEGRAM_BOT_TOKEN_SECRET_ID", webhookSecret],
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
  "dispatch-call": [...decides, ...carrierApiRoots, "CALL_CARRIERS", codesKey, carrierCredentials],
  "send-sms": [...decides, ...speaks, "ALLOWED_ORIGINS", "SERVICE_NAME", "SMS_SENDER_ID", codesKey],
  "call-status": [...http, ...decides, "SERVICE_NAME", carrierCredentials],
  time: http,
  "not-found": http,
};
const timeoutSeconds: Record<string, number> = {
  "telegram-sender": 30,
  "telegram-setup": 60,
  "dispatch-call": 20,
};

test("every folder of functions deploys, and nothing else", () => {
  const folders = readdirSync(new URL("../../functions", import.meta.url)).sort();
  expect(folders).toEqual([...functionNames].sort());
  expect([...functions.keys()].sort()).toEqual(folders);
});

test.each(Object.entries(own))(
  "%s runs on Node 24 with its own log and only its own variables",
  (name, variables) => {
    const found = functions.get(name);
    expect(found?.properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      Timeout: timeoutSeconds[name] ?? 10,
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "INFO" },
    });
    expect(JSON.stringify(found?.properties["LoggingConfig"])).toContain(
      `Functions${name.replaceAll("-", "")}log`,
    );
    expect(found?.variables["NODE_OPTIONS"]).toBe("--enable-source-maps");
    expect(Object.keys(found?.variables ?? {}).sort()).toEqual([...common, ...variables].sort());
  },
);

/** What these variables name, whichever function has them. */
const sameEverywhere = {
  TABLE_NAME: "AccountsTable",
  TELEGRAM_QUEUE_URL: "TelegramQueue",
  SERVICE_NAME: "ServiceName",
  CODES_KEY_SECRET_ID: "SecretsCodesKey",
  CARRIER_CREDENTIALS_SECRET_ID: "SecretsCarrierCredentials",
  UCALLER_API_ROOT: "UcallerApiRoot",
  SMSRU_API_ROOT: "SmsruApiRoot",
  TELNYX_API_ROOT: "TelnyxApiRoot",
};

test("variables name what they say", () => {
  const value = (name: string, variable: string) => named(functions.get(name)?.variables[variable]);
  expect(value("challenge", "TABLE_NAME")).toBe("AccountsTable");
  expect(value("challenge", "TOTP_KEY_SECRET_ID")).toBe("SecretsTotpKey");
  expect(value("challenge", "RECOVERY_KEY_SECRET_ID")).toBe("SecretsRecoveryKey");
  expect(value("sign-in", "LOOKUP_KEY_SECRET_ID")).toBe("SecretsLookupKey");
  expect(value("totp", "SERVICE_NAME")).toBe("ServiceName");
  expect(value("challenge", "EDGE_SECRET_ID")).toBe("PagesEdgeSecret");
  for (const name of ["telegram-webhook", "telegram-sender"]) {
    expect(value(name, "TELEGRAM_API_ROOT")).toBe("TelegramApiRoot");
    expect(value(name, "SERVICE_NAME")).toBe("ServiceName");
  }
  for (const name of ["telegram-webhook", "telegram-sender", "telegram-setup"]) {
    expect(value(name, "TELEGRAM_BOT_TOKEN_SECRET_ID")).toBe("SecretsTelegramBotToken");
  }
  for (const name of ["telegram-webhook", "telegram-setup"]) {
    expect(value(name, "TELEGRAM_WEBHOOK_SECRET_ID")).toBe("SecretsTelegramWebhookSecret");
  }
  for (const name of ["telegram", "telegram-webhook", "sign-in", "challenge", "sessions"]) {
    expect(value(name, "TELEGRAM_BOT_USERNAME")).toBe("TelegramBotUsername");
  }
  for (const { name, variables } of functions.values()) {
    for (const [variable, meant] of Object.entries(sameEverywhere)) {
      if (variable in variables) expect(value(name, variable)).toBe(meant);
    }
  }
  expect(value("phones", "ALLOWED_COUNTRIES")).toBe("AllowedCountries");
  expect(value("dispatch-call", "CALL_CARRIERS")).toBe("CallCarriers");
  expect(value("send-sms", "SMS_SENDER_ID")).toBe("SmsSenderId");
});

test("logs are kept for three months, also after the stack", () => {
  const groups = resourcesOf(template, "AWS::Logs::LogGroup").filter(
    ([logicalId]) => !logicalId.startsWith("PagesDeployment"),
  );
  expect(groups).toHaveLength(functionNames.length + 1);
  for (const [, group] of groups) {
    expect(group).toMatchObject({ DeletionPolicy: "Retain", Properties: { RetentionInDays: 90 } });
  }
});

test.each(functionNames)(
  "the deployed %s starts with what the template gives it and exports a handler",
  (name) => {
    const found = functions.get(name);
    // From a file: `node -e` hides that a bundle cannot require.
    const script = join(directory, `load-${name}.cjs`);
    writeFileSync(script, "process.stdout.write(typeof require(process.argv[2]).handler)");
    const variables = Object.entries(found?.variables ?? {}).map(
      ([key, value]): [string, string] => [key, typeof value === "string" ? value : stand(key)],
    );
    const output = execFileSync(process.execPath, [script, join(found?.asset ?? "", "index.js")], {
      env: {
        AWS_REGION: "eu-central-1",
        AWS_LAMBDA_FUNCTION_NAME: name,
        ...Object.fromEntries(variables),
      },
      encoding: "utf8",
    });
    expect(output).toBe("function");
  },
);

/** Stands for a parameter, or for the name that a resource gets when it is deployed. */
function stand(variable: string): string {
  switch (variable) {
    case "ALLOWED_ORIGINS":
      return "https://panel.example.com";
    case "SIGN_IN_URL":
      return "/sign-in";
    case "TELEGRAM_BOT_USERNAME":
    case "ALLOWED_COUNTRIES":
    case "SMS_SENDER_ID":
      // Telegram and phones are off unless somebody switches them on; everything else works then.
      return "";
    case "CALL_CARRIERS":
      return "ucaller";
    case "TELEGRAM_API_ROOT":
    case "UCALLER_API_ROOT":
    case "SMSRU_API_ROOT":
    case "TELNYX_API_ROOT":
      return "https://api.example.com";
    case "LADDER_ARN":
      return "arn:aws:states:eu-central-1:123456789012:stateMachine:Twostep-Ladder";
    default:
      return `a-${variable.toLowerCase()}`;
  }
}
