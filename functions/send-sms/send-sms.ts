import type { Fallback } from "../../lib/account/fallback.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { SecretKey } from "../../lib/crypto/secret-key.ts";
import type { Refund } from "../../lib/guard/send-budget.ts";
import { smsCode } from "../../lib/phone/fallback/codes.ts";
import { listen } from "../../lib/phone/fallback/listen.ts";
import type { AttemptResult } from "../../lib/phone/fallback/record-attempt.ts";
import {
  refundAttempt,
  reserveAttempt,
  type BudgetServices,
} from "../../lib/phone/fallback/reserve-attempt.ts";
import { runTask, type Attempt, type FallbackServices } from "../../lib/phone/fallback/run-task.ts";
import type { MachineInput } from "../../lib/phone/fallback/step.ts";
import { readFallbackTask } from "../../lib/phone/fallback/task.ts";
import { smsFailure } from "../../lib/phone/sms/sms-failure.ts";
import { smsText } from "../../lib/phone/sms/sms-text.ts";
import type { RefusedSms, SmsSender } from "../../lib/phone/sms/sms.ts";
import { nearest, type Languages } from "../../lib/settings/languages.ts";

export type SendSmsDeps = BudgetServices & {
  readonly services: FallbackServices;
  readonly sms: SmsSender;
  readonly codeKeys: () => Promise<KeyRing>;
  readonly serviceName: string;
  readonly languages: Languages;
  /** The host of the page where the code is typed. */
  readonly domain: string;
};

const carrier = "sns";

/**
 * The tasks `SendSms` and `ListenSms`: one sends the code that is due, the other waits for news. An SMS that is sent
 * again has the same code. SNS knows no idempotency key and no look-up: what became of an order that got no answer,
 * nobody can tell.
 */
export const sendSms =
  (deps: SendSmsDeps) =>
  async (payload: unknown): Promise<MachineInput | undefined> => {
    const task = readFallbackTask(payload);
    if (task.kind === "listen") {
      await listen(deps.services, task);
      return undefined;
    }
    const keys = await deps.codeKeys();
    return runTask(deps.services, "sms", task, {
      send: (attempt) => send(deps, attempt, keys),
      askAfter: () => Promise.resolve({ kind: "unknown" }),
    });
  };

const send = async (deps: SendSmsDeps, attempt: Attempt, keys: KeyRing): Promise<AttemptResult> => {
  const { services, sms, serviceName, languages, domain } = deps;
  const { task, fallback, account } = attempt;
  if (!(await reserveAttempt(deps, attempt, keys))) return { kind: "off" };
  const key = smsKey(keys, fallback);
  const code = { kind: "derived", by: key.id } as const;
  if (!(await note(deps, attempt, keys, key))) return { kind: "lost" };
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
      return { kind: "placed", carrier, reference: result.reference, code };
    case "unknown":
      return { kind: "unknown" };
    case "refused": {
      services.log.error("sms_refused", { account: task.accountId, reason: result.reason });
      await refundAttempt(deps, attempt, keys, refundOf(result.reason));
      return { kind: result.reason === "throttled" ? "throttled" : "off" };
    }
  }
};

/** Notes the order. What was reserved for an order that does not leave is given back. */
const note = async (
  deps: SendSmsDeps,
  attempt: Attempt,
  keys: KeyRing,
  key: SecretKey,
): Promise<boolean> => {
  let noted = false;
  try {
    noted = await attempt.note(carrier, { kind: "derived", by: key.id });
    return noted;
  } finally {
    if (!noted) await refundAttempt(deps, attempt, keys, "all");
  }
};

/** The key of an earlier SMS: an SMS that is sent again has the same code, also while keys are rotated. */
const smsKey = (keys: KeyRing, { sends }: Fallback): SecretKey => {
  const before = sends.map(({ channel, code }) =>
    channel === "sms" && code.kind === "derived" ? code.by : undefined,
  );
  return keys.find(({ id }) => before.includes(id)) ?? keys[0];
};

const refundOf = (reason: RefusedSms): Refund => {
  switch (reason) {
    case "opted_out":
    case "number":
      return "money";
    case "spend_limit":
    case "sandbox":
    case "throttled":
    case "rejected":
      return "all";
  }
};
