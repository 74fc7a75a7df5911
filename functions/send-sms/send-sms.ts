import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { SecretKey } from "../../lib/crypto/secret-key.ts";
import { smsFailure } from "../../lib/phone/sms/sms-failure.ts";
import { smsText } from "../../lib/phone/sms/sms-text.ts";
import type { RefusedSms, SmsSender } from "../../lib/phone/sms/sms.ts";
import type { Counter } from "../../lib/guard/counter.ts";
import type { SendStops } from "../../lib/guard/send-stops.ts";
import { reserveAttempt } from "../../lib/phone/fallback/reserve-attempt.ts";
import { smsCode } from "../../lib/phone/fallback/codes.ts";
import type { Fallback } from "../../lib/account/fallback.ts";
import type { AttemptResult } from "../../lib/phone/fallback/record-attempt.ts";
import { runTask, type Attempt, type FallbackServices } from "../../lib/phone/fallback/run-task.ts";
import { readFallbackTask } from "../../lib/phone/fallback/task.ts";
import { nearest, type Languages } from "../../lib/settings/languages.ts";

export type SendSmsDeps = {
  readonly services: FallbackServices;
  readonly sms: SmsSender;
  readonly codeKeys: () => Promise<KeyRing>;
  readonly budgets: Counter;
  readonly stops: SendStops;
  readonly serviceName: string;
  readonly languages: Languages;
  /** The host of the page where the code is typed. */
  readonly domain: string;
};

/** The task `SendSms`: sends the code that is due. An SMS that is sent again has the same code. */
export const sendSms =
  (deps: SendSmsDeps) =>
  async (payload: unknown): Promise<void> => {
    await runTask(deps.services, "sms", readFallbackTask(payload), (attempt) =>
      place(deps, attempt),
    );
  };

const place = async (deps: SendSmsDeps, attempt: Attempt): Promise<AttemptResult> => {
  const { services, sms, serviceName, languages, domain } = deps;
  const { task, fallback, account } = attempt;
  const keys = await deps.codeKeys();
  if (!(await reserveAttempt(deps, attempt, keys))) return { kind: "off" };
  const key = smsKey(keys, fallback);
  const text = smsText({
    // The host may have named a language that is not offered.
    language: nearest(languages, account.locale),
    code: smsCode(key, task.ownerId),
    serviceName,
    domain,
  });
  const { number, country } = fallback;
  const result = await sms.send({ number, country, text });
  services.log.measure(smsFailure(result));
  switch (result.kind) {
    case "sent":
      return {
        kind: "placed",
        carrier: "sns",
        reference: result.reference,
        code: { kind: "derived", by: key.id },
      };
    case "unknown":
      return { kind: "unknown", carrier: "sns" };
    case "refused":
      services.log.error("sms_refused", { account: task.accountId, reason: result.reason });
      return { kind: passes(result.reason) ? "failed" : "off" };
  }
};

/** The key of an earlier SMS: an SMS that is sent again has the same code, also while keys are rotated. */
const smsKey = (keys: KeyRing, { sends }: Fallback): SecretKey => {
  const before = sends.map(({ channel, code }) =>
    channel === "sms" && code.kind === "derived" ? code.by : undefined,
  );
  return keys.find(({ id }) => before.includes(id)) ?? keys[0];
};

/** Whether the same SMS may work a moment later; anything else would be refused again. */
const passes = (reason: RefusedSms) => reason === "throttled";
