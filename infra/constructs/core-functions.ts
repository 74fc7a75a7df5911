import { signedIn } from "./accounts-table.ts";
import type { TableCalls } from "./accounts-table.ts";
import type { FunctionParts } from "./function-parts.ts";

/**
 * With this much memory a function has one whole vCPU. Hashing a password is pure computing: it costs the same and
 * answers sooner.
 */
const wholeProcessorMb = 1769;

/**
 * The calls of a password try: it finds the account by its mail, reserves and refunds the try, and enters the mail
 * under the first key during a rotation.
 */
const passwordTry: TableCalls = {
  "mail#*": ["GetItem", "PutItem"],
  "budget#password#*": ["GetItem", "PutItem", "DeleteItem"],
  "budget#address#*": ["GetItem", "UpdateItem"],
};

/** The functions for accounts, challenges, sessions and the factors that need no outside service. */
export const coreFunctions = ({
  makeHttp,
  accounts,
  secrets,
  fallback,
  settings,
  pages,
  speaks,
  allowEffects,
  allowCallerAddress,
}: FunctionParts) => {
  const botName = { TELEGRAM_BOT_USERNAME: settings.telegramBotUsername };
  const serviceName = { SERVICE_NAME: settings.serviceName };
  return {
    "sign-in": makeHttp("sign-in", {
      memorySizeMb: wholeProcessorMb,
      environment: botName,
      access: [
        accounts.allow({
          "account#*": ["GetItem", "Query", "PutItem", "UpdateItem"],
          ...passwordTry,
        }),
        secrets.allowLookupKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    challenge: makeHttp("challenge", {
      environment: { ...botName, ...settings.phone.carrierApiRoots },
      access: [
        accounts.allow({ "account#*": [...signedIn, "Query"] }),
        secrets.allowTotpKey(),
        secrets.allowRecoveryKey(),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        fallback.allowMove(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    totp: makeHttp("totp", {
      environment: serviceName,
      access: [
        accounts.allow({ "account#*": signedIn }),
        secrets.allowTotpKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "recovery-codes": makeHttp("recovery-codes", {
      access: [
        accounts.allow({ "account#*": signedIn }),
        secrets.allowRecoveryKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    sessions: makeHttp("sessions", {
      memorySizeMb: wholeProcessorMb,
      environment: { ...botName, ...serviceName },
      access: [
        accounts.allow({ "account#*": [...signedIn, "Query"], ...passwordTry }),
        secrets.allowLookupKey(),
        secrets.allowCodesKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    security: makeHttp("security", {
      access: [accounts.allow({ "account#*": ["BatchGetItem", "UpdateItem"] })],
    }),
    accounts: makeHttp("accounts", {
      memorySizeMb: wholeProcessorMb,
      environment: {
        ...speaks,
        ...serviceName,
        SIGN_IN_URL: settings.signInUrl ?? pages?.url ?? "/sign-in",
      },
      access: [
        accounts.allow({
          "account#*": ["GetItem", "PutItem"],
          "mail#*": ["GetItem", "PutItem", "DeleteItem"],
        }),
        secrets.allowLookupKey(),
        ...allowEffects(),
      ],
    }),
    health: makeHttp("health", { access: [accounts.allow({ health: ["GetItem"] })] }),
    time: makeHttp("time"),
    "not-found": makeHttp("not-found"),
  };
};
