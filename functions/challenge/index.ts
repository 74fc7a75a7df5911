import { httpFunction } from "../../lib/http/http-function.ts";
import { decidesForBrowsers } from "../bases.ts";
import { codeCheck } from "../carriers.ts";
import { createServices } from "../create-services.ts";
import { keys } from "../secrets.ts";
import {
  answerRecoveryCodeRoute,
  answerTotpRoute,
  cancelChallengeRoute,
  completeChallengeRoute,
  readChallengeRoute,
} from "./challenge-routes.ts";
import { openChallengeRoute } from "./open-challenge-route.ts";
import { answerPhoneCodeRoute, requestCallRoute } from "./phone-routes.ts";
import { promptTelegramRoute } from "./prompt-telegram-route.ts";

const services = createServices(decidesForBrowsers, {
  totpKeys: keys("totp"),
  recoveryKeys: keys("recovery-codes"),
  codeKeys: keys("codes"),
  check: codeCheck,
});
const { totpKeys, recoveryKeys, codeKeys, check } = services;

export const handler = httpFunction(
  [
    readChallengeRoute,
    openChallengeRoute(codeKeys),
    promptTelegramRoute,
    answerTotpRoute(totpKeys, codeKeys),
    requestCallRoute,
    answerPhoneCodeRoute(codeKeys, check),
    answerRecoveryCodeRoute(recoveryKeys, codeKeys),
    completeChallengeRoute(codeKeys),
    cancelChallengeRoute,
  ],
  services,
);
