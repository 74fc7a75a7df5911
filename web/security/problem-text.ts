import type { PasswordFault } from "../../lib/sessions/judge-password.ts";
import type { Language } from "../language.ts";
import { duration } from "../parts/duration.ts";
import type { Flow, Refused } from "./flow.ts";
import { within } from "./moments.ts";
import type { Texts } from "./texts/en.ts";

/** Says a refusal in words. */
export function problemText(
  problem: Refused,
  { problems: say, ...texts }: Texts,
  language: Language,
  flow?: Flow,
): string {
  const wait = within(("retryAfter" in problem ? problem.retryAfter : undefined) ?? 60, language);
  switch (problem.kind) {
    case "unreachable":
      return say.unreachable;
    case "busy":
    case "unavailable":
    case "unexpected":
    case "forbidden_origin":
      return say.unavailable;
    case "unauthenticated":
      return texts.signedOut;
    case "host_session_required":
      return say.hostSession;
    case "reauthentication_required":
      return texts.reauth.title;
    case "invalid_request":
      return invalid(problem, flow, say);
    case "invalid_credentials":
      return say.wrongPassword;
    case "too_many_attempts":
      return say.wait(wait);
    case "too_early":
      return say.early(wait);
    case "wrong_code":
      return wrongCode(problem, say, language);
    case "limit_reached":
      return say.limit;
    case "enrolment_expired":
    case "link_expired":
      return say.expired;
    case "invalid_number":
      return say.number;
    case "country_not_allowed":
      return say.country;
    case "second_step_required":
      return texts.phone.needs;
    case "no_way_left":
      return texts.phone.noWayLeft;
    case "method_unavailable":
      return say.methodOff;
    case "code_unavailable":
      return say.codeUnavailable;
    case "no_telegram_account":
    case "not_found":
      return say.gone;
    case "link_unanswered":
      return texts.telegram.waiting;
  }
}

/** Each flow has only one field, so a malformed request always means that field. */
const invalid = (
  { errors }: Extract<Refused, { kind: "invalid_request" }>,
  flow: Flow | undefined,
  say: Texts["problems"],
): string => {
  if (flow?.kind === "password") return newPassword(errors?.[0]?.reason, say);
  if (flow?.kind === "totp" && flow.step === "name") return say.nameForm;
  if (flow?.kind === "phone" && flow.step === "number") return say.number;
  return flow ? say.wrongCode : say.wrongPassword;
};

/** A newer service may have a reason that this page does not know. The page then says that the password is weak. */
const newPassword = (reason: PasswordFault | undefined, say: Texts["problems"]): string => {
  switch (reason) {
    case undefined:
      return say.passwordForm;
    case "contains_mail":
    case "contains_service_name":
      return say.passwordNames;
    case "looks_like_hash":
      return say.passwordHash;
    case "repeated":
    case "sequence":
    case "too_common":
    default:
      return say.passwordEasy;
  }
};

const wrongCode = (
  { clock, attemptsLeft }: Extract<Refused, { kind: "wrong_code" }>,
  say: Texts["problems"],
  language: Language,
): string => {
  if (clock) {
    return say.clock(duration(Math.abs(clock.offsetSeconds), language), clock.offsetSeconds < 0);
  }
  return say.wrongCode + (attemptsLeft ? say.triesLeft(attemptsLeft) : "");
};

/** Whether a refusal is about the typed text, so that it belongs to the field. */
export const isOfField = ({ kind }: Refused): boolean =>
  kind === "wrong_code" ||
  kind === "invalid_request" ||
  kind === "invalid_credentials" ||
  kind === "invalid_number" ||
  kind === "country_not_allowed";
