import type { Account } from "../../lib/account/account.ts";
import { newPhoneId, parsePhoneId } from "../../lib/account/ids.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import * as contracts from "../../lib/contract/phones.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { CheckCode } from "../../lib/phone/carriers/check-code.ts";
import {
  canReceiveSms,
  maskedNumber,
  readPhoneNumber,
  type AllowedCountries,
} from "../../lib/phone/phone-number.ts";
import { addPhone, callEnrolment } from "../../lib/phone/add-phone.ts";
import { removePhone } from "../../lib/phone/remove-phone.ts";
import { answer } from "../../lib/http/answer.ts";
import { decideAs, decideOnceAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { retryAt } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import type { DecidingHttpServices } from "../../lib/http/http-services.ts";
import { contextOf } from "../../lib/account/account.ts";
import { fallbackView } from "../../lib/phone/fallback/fallback-view.ts";

export type PhoneDeps = {
  readonly allowedCountries: AllowedCountries;
  readonly codeKeys: () => Promise<KeyRing>;
  readonly check: CheckCode;
};

/** POST /v1/phones */
export const addPhoneRoute = ({ allowedCountries }: PhoneDeps) =>
  route(contracts.addPhone, async (request) => {
    const { services, body, client, now } = request;
    const read = readPhoneNumber(body.number, { allowedCountries });
    if (read.kind !== "number") return problem(read.kind);
    const { number, country } = read;
    const begun = {
      id: newPhoneId(services),
      number,
      country,
      masked: maskedNumber(number),
      takesSms: canReceiveSms(number),
      ip: client.ip,
    };
    const { outcome, account } = await decideAs(services, request, (current) =>
      addPhone(current, begun, contextOf(services, now)),
    );
    switch (outcome.kind) {
      case "requested":
        return answer(201, enrolmentView(services, account, now, begun));
      case "too_early":
        return retryAt("too_early", outcome.until, now);
      case "no_way_left":
      case "second_step_required":
      case "limit_reached":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });

/** POST /v1/phones/{id}/call */
export const callPhoneRoute = route(contracts.callPhone, async (request) => {
  const { services, client, params, now } = request;
  const id = parsePhoneId(params["id"]);
  if (!id) return problem("not_found");
  const { outcome, account } = await decideAs(services, request, (current) =>
    callEnrolment(current, { id, ip: client.ip }, contextOf(services, now)),
  );
  const { phoneEnrolment } = account;
  switch (outcome.kind) {
    case "requested":
      return phoneEnrolment
        ? answer(202, enrolmentView(services, account, now, phoneEnrolment))
        : problem("not_found");
    case "too_early":
      return retryAt("too_early", outcome.until, now);
    case "no_way_left":
    case "second_step_required":
    case "enrolment_expired":
    case "not_found":
    case "unauthenticated":
      return problem(outcome.kind);
  }
});

/** DELETE /v1/phones/{id} */
export const removePhoneRoute = route(contracts.removePhone, async (request) => {
  const { session, client, params } = request;
  const id = parsePhoneId(params["id"]);
  if (!id) return problem("not_found");
  const { outcome, account } = await decideOnceAs(request, ["removed"], (current, context) =>
    removePhone(current, { id, sessionId: session.id, client }, context),
  );
  return outcome.kind === "removed" ? answer(200, securityView(account)) : problem(outcome.kind);
});

const enrolmentView = (
  services: DecidingHttpServices,
  account: Account,
  now: number,
  { id, masked }: { readonly id: string; readonly masked: string },
) => ({
  id,
  masked,
  sent: fallbackView(account, account.phoneEnrolment?.fallback ?? null, contextOf(services, now)),
});
