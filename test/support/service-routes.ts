import type { Table } from "../../lib/runtime/dynamo-table.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { readThrough } from "../../lib/runtime/dynamo-read-through.ts";
import { storeHealth } from "../../lib/runtime/store-health.ts";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { readHealth } from "../../lib/contract/health.ts";
import { readTime } from "../../lib/contract/time.ts";
import { keyRing, type KeyRing } from "../../lib/crypto/key-ring.ts";
import type { KeyPurpose } from "../../lib/crypto/secret-key.ts";
import { answer } from "../../lib/http/answer.ts";
import { httpFunction, httpHandler, type HttpHandler } from "../../lib/http/http-function.ts";
import { route, type Route } from "../../lib/http/route.ts";
import type { DecidingHttpServices } from "../../lib/http/http-services.ts";
import { everyLanguage, type Languages } from "../../lib/settings/languages.ts";
import { dynamoPasswordServices } from "../../lib/runtime/dynamo-password-services.ts";
import * as accounts from "../../functions/accounts/account-routes.ts";
import { putAccountRoute } from "../../functions/accounts/put-account-route.ts";
import * as hostChallenges from "../../functions/accounts/challenge-routes.ts";
import * as hostSessions from "../../functions/accounts/session-routes.ts";
import * as challenge from "../../functions/challenge/challenge-routes.ts";
import { promptTelegramRoute } from "../../functions/challenge/prompt-telegram-route.ts";
import { openChallengeRoute } from "../../functions/challenge/open-challenge-route.ts";
import { answerHealth } from "../../functions/health/answer-health.ts";
import { answerUnrouted } from "../../functions/not-found/answer-unrouted.ts";
import { confirmPhoneRoute } from "../../functions/phones/confirm-phone-route.ts";
import * as phones from "../../functions/phones/phone-routes.ts";
import * as phoneAnswers from "../../functions/challenge/phone-routes.ts";
import { createRecoveryCodesRoute } from "../../functions/recovery-codes/recovery-codes-route.ts";
import { readSecurityRoute } from "../../functions/security/security-route.ts";
import * as passwords from "../../functions/sessions/password-routes.ts";
import { openSessionRoute } from "../../functions/sessions/open-session-route.ts";
import * as sessions from "../../functions/sessions/session-routes.ts";
import { signInRoute } from "../../functions/sign-in/sign-in-route.ts";
import * as telegram from "../../functions/telegram/telegram-routes.ts";
import * as totp from "../../functions/totp/totp-routes.ts";

/** The page to which a host's challenge sends the person. */
export const signInUrl = "https://panel.example.com/sign-in";

const serviceName = "Twostep";

/** A handler for everything that the gateway can send, with the functions' own routes. */
export const everyRoute = (
  services: DecidingHttpServices,
  table: Table,
  keysOf: KeysOf,
  languages: Languages = everyLanguage,
): HttpHandler => {
  const routed = httpFunction(routesOf(services, table, keysOf, languages), services);
  const unrouted = httpHandler(services, (event) => Promise.resolve(answerUnrouted(event)));
  return (event, context) =>
    event.routeKey === "$default" ? unrouted(event, context) : routed(event, context);
};

const routesOf = (
  services: DecidingHttpServices,
  table: Table,
  key: KeysOf,
  languages: Languages,
): Route[] => {
  const lookupKeys = key("lookup");
  const passwordServices = dynamoPasswordServices(table, services, lookupKeys);
  const hostDeps = { mails: dynamoMailIndex(table), lookupKeys };
  const totpDeps = { totpKeys: key("totp"), issuer: serviceName };
  const telegramDeps = { index: dynamoAccountIndex(table), botUsername: "twostep_bot" };
  const tokenKeys = key("codes");
  const phoneDeps = {
    allowedCountries: ["UA"],
    codeKeys: key("codes"),
    check: () => Promise.resolve(false),
  };
  const isHealthy = storeHealth(() => readThrough(table), services);
  return [
    phones.addPhoneRoute(phoneDeps),
    phones.callPhoneRoute,
    confirmPhoneRoute(phoneDeps),
    phones.removePhoneRoute,
    phoneAnswers.requestCallRoute,
    phoneAnswers.answerPhoneCodeRoute(phoneDeps.codeKeys, phoneDeps.check),
    telegram.beginTelegramLinkRoute(telegramDeps),
    telegram.readTelegramLinkRoute,
    telegram.confirmTelegramLinkRoute,
    telegram.switchTelegramRoute,
    telegram.unlinkTelegramRoute,
    signInRoute(passwordServices),
    challenge.readChallengeRoute,
    openChallengeRoute(tokenKeys),
    promptTelegramRoute,
    challenge.answerTotpRoute(totpDeps.totpKeys, tokenKeys),
    challenge.answerRecoveryCodeRoute(key("recovery-codes"), tokenKeys),
    challenge.completeChallengeRoute(tokenKeys),
    challenge.cancelChallengeRoute,
    sessions.readSessionRoute,
    openSessionRoute(tokenKeys),
    sessions.signOutRoute,
    sessions.listSessionsRoute,
    sessions.endSessionRoute,
    sessions.endOtherSessionsRoute,
    passwords.reauthenticateRoute(passwordServices),
    passwords.changePasswordRoute(passwordServices, serviceName),
    readSecurityRoute,
    totp.enrolTotpRoute(totpDeps),
    totp.confirmTotpRoute(totpDeps),
    totp.removeTotpRoute,
    createRecoveryCodesRoute(key("recovery-codes")),
    route(readTime, ({ now }) =>
      Promise.resolve(answer(200, { now: new Date(now).toISOString() })),
    ),
    { contract: readHealth, run: () => answerHealth(isHealthy) },
    putAccountRoute({ ...hostDeps, languages, serviceName }),
    accounts.readAccountRoute,
    accounts.resetAccountRoute,
    hostChallenges.openAccountChallengeRoute(signInUrl),
    hostChallenges.readAccountChallengeRoute,
    hostChallenges.cancelAccountChallengeRoute,
    hostSessions.createAccountSessionRoute(signInUrl),
    hostSessions.endAccountSessionsRoute,
    hostChallenges.redeemGrantRoute,
  ];
};

/** Gives the functions of one instance the keys of a purpose. */
export type KeysOf = (purpose: KeyPurpose) => () => Promise<KeyRing>;

export const fixedKeys: KeysOf = (purpose) => {
  const made = keyRing(`a secret for tests, the same at every run: ${purpose}`, purpose);
  return () => Promise.resolve(made);
};
