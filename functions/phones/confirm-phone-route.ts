import { parsePhoneId } from "../../lib/account/ids.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import { confirmPhone } from "../../lib/contract/phones.ts";
import * as decisions from "../../lib/phone/confirm-phone.ts";
import { answer } from "../../lib/http/answer.ts";
import { decideOnceAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { PhoneDeps } from "./phone-routes.ts";

/** POST /v1/phones/{id}/confirm */
export const confirmPhoneRoute = ({ codeKeys, check }: PhoneDeps) =>
  route(confirmPhone, async (request) => {
    const { services, session, body, client, params, now } = request;
    const id = parsePhoneId(params["id"]);
    if (!id) return problem("not_found");
    const context = contextOf(services, now);
    const input: decisions.ConfirmPhone = {
      id,
      code: body.code,
      codeKeys: await codeKeys(),
      sessionId: session.id,
      client,
    };
    let decided = await decideOnceAs(request, ["confirmed"], (account) =>
      decisions.confirmPhone(account, input, context),
    );
    if (decided.outcome.kind === "ask_carrier") {
      const right = await check(decided.outcome.calls, body.code);
      const loaded = await services.accounts.load(session.accountId);
      if (!loaded) return problem("not_found");
      decided = await decideOnceAs({ ...request, loaded }, ["confirmed"], (account) =>
        decisions.resolveCheckedPhone(account, input, right, context),
      );
    }
    const { outcome, account } = decided;
    switch (outcome.kind) {
      case "confirmed":
        return answer(200, securityView(account));
      case "wrong_code":
        return problem("wrong_code", { attemptsLeft: outcome.attemptsLeft });
      case "paused":
        return tooManyAttempts(outcome.until, now);
      // The decision wants to ask the carrier once more: the code is not known to be right.
      case "ask_carrier":
        return problem("method_unavailable");
      case "method_unavailable":
      case "code_unavailable":
      case "second_step_required":
      case "enrolment_expired":
      case "not_found":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });
