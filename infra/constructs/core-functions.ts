import type { FunctionParts } from "./service-functions.ts";

/** From here a function has one whole vCPU. Hashing a password is pure computing: it costs the same and answers sooner. */
const wholeProcessorMb = 1769;

/** Accounts, challenges, sessions and the factors that need nobody else. */
export const coreFunctions = ({
  makeHttp,
  accounts,
  secrets,
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
        accounts.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
        secrets.allowLookupKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    challenge: makeHttp("challenge", {
      environment: { ...botName, ...settings.phone.carrierApiRoots },
      access: [
        accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        secrets.allowTotpKey(),
        secrets.allowRecoveryKey(),
        secrets.allowCodesKey(),
        secrets.allowCarrierCredentials(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    totp: makeHttp("totp", {
      environment: serviceName,
      access: [
        accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        secrets.allowTotpKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    "recovery-codes": makeHttp("recovery-codes", {
      access: [
        accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
        secrets.allowRecoveryKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    sessions: makeHttp("sessions", {
      memorySizeMb: wholeProcessorMb,
      environment: { ...botName, ...serviceName },
      access: [
        accounts.allow("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
        secrets.allowLookupKey(),
        ...allowEffects(),
        ...allowCallerAddress(),
      ],
    }),
    security: makeHttp("security", {
      access: [accounts.allow("GetItem", "BatchGetItem", "PutItem", "UpdateItem")],
    }),
    accounts: makeHttp("accounts", {
      memorySizeMb: wholeProcessorMb,
      environment: {
        ...speaks,
        ...serviceName,
        SIGN_IN_URL: settings.signInUrlOr(pages?.url ?? "/sign-in"),
      },
      access: [
        accounts.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
        secrets.allowLookupKey(),
        ...allowEffects(),
      ],
    }),
    time: makeHttp("time"),
    "not-found": makeHttp("not-found"),
  };
};
