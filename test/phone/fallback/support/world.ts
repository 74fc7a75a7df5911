import { randomBytes } from "node:crypto";
import { dispatchCall } from "../../../../functions/dispatch-call/dispatch-call.ts";
import { sendSms } from "../../../../functions/send-sms/send-sms.ts";
import type { Account, Context } from "../../../../lib/account/account.ts";
import type { Decision } from "../../../../lib/account/decision.ts";
import type { ChallengeId } from "../../../../lib/account/ids.ts";
import {
  answerPhoneCode,
  resolveCheckedCode,
  type PhoneAnswerOutcome,
} from "../../../../lib/phone/answer-phone-code.ts";
import { requestCall } from "../../../../lib/phone/request-call.ts";
import type { Carrier } from "../../../../lib/phone/carriers/carrier.ts";
import type { CarrierChoice } from "../../../../lib/phone/carriers/choose-carriers.ts";
import { checkCodeWith } from "../../../../lib/phone/carriers/check-code.ts";
import type { KeyRing } from "../../../../lib/crypto/key-ring.ts";
import type { SmsSender } from "../../../../lib/phone/sms/sms.ts";
import type { TelegramJob } from "../../../../lib/telegram/telegram-queue.ts";
import type { LogFields } from "../../../../lib/log/log.ts";
import type { Measure } from "../../../../lib/log/measure.ts";
import type { SendStops } from "../../../../lib/guard/send-stops.ts";
import type { SessionStore } from "../../../../lib/sessions/session-store.ts";
import { gatewayAddress } from "../../../../lib/http/caller-address.ts";
import { waitedFor } from "../../../../lib/runtime/background.ts";
import { runDecisions } from "../../../../lib/runtime/run-decision.ts";
import { contextOf } from "../../../../lib/account/account.ts";
import { everyLanguage, type Languages } from "../../../../lib/settings/languages.ts";
import { defaultLimits, type Limits } from "../../../../lib/settings/limits.ts";
import { anAccount } from "../../../support/account.ts";
import { anAuthenticator } from "../../../support/authenticator.ts";
import { aChallenge, anAnswer } from "../../../support/challenge.ts";
import { accountId, challengeId, sessionId } from "../../../support/ids.ts";
import { memoryAccountIndex } from "../../../support/memory-account-index.ts";
import { deciderOn, memoryAccountStore } from "../../../support/memory-account-store.ts";
import { memoryCounter } from "../../../support/memory-counter.ts";
import { aPhone, codeKeys } from "../../../support/phones.ts";
import { noon } from "../../../support/time.ts";
import { aCarrier, anSmsSender } from "./carriers.ts";
import { aClockwork } from "./clockwork.ts";

/** Ann's account with an app, a confirmed number, and a sign-in that waits for its second step since noon. */
export const aPhoneAccount = (given: Partial<Account> = {}): Account =>
  anAccount({
    authenticators: [anAuthenticator()],
    phones: [aPhone()],
    challenges: [aChallenge()],
    ...given,
  });

export type World = ReturnType<typeof aWorld>;

type Options = {
  readonly carriers?: readonly ReturnType<typeof aCarrier>[];
  /** Adapters of real carriers, in place of those above. */
  readonly real?: readonly Carrier[];
  /** All of them for every country, if not given. */
  readonly choice?: CarrierChoice;
  readonly sms?: ReturnType<typeof anSmsSender>;
  /** An adapter of a real sender, likewise. */
  readonly sender?: SmsSender;
  readonly limits?: Limits;
  readonly languages?: Languages;
  readonly budgets?: ReturnType<typeof memoryCounter>;
  readonly stops?: SendStops;
  readonly index?: ReturnType<typeof memoryAccountIndex>;
  readonly keys?: () => Promise<KeyRing>;
};

/**
 * The fallback with everything around it in memory: the real tasks on a state machine whose clock moves when the test
 * says so, carriers and a sender of SMS that do as they are told.
 */
export const aWorld = (
  account = aPhoneAccount(),
  {
    carriers = [aCarrier()],
    real = carriers,
    choice = { countries: {}, others: real.map((one) => one.name) },
    sms = anSmsSender(),
    sender = sms,
    limits = defaultLimits,
    languages = everyLanguage,
    budgets = memoryCounter(),
    stops = { isStopped: () => Promise.resolve(false) },
    index = memoryAccountIndex(),
    keys: key = () => Promise.resolve(codeKeys),
  }: Options = {},
) => {
  const time = { now: noon };
  const store = memoryAccountStore(account);
  const log: { level: string; message: string; fields: LogFields }[] = [];
  const write = (level: string) => (message: string, fields: LogFields) =>
    void log.push({ level, message, fields });
  const jobs: TelegramJob[] = [];
  const measures: Measure[] = [];
  const named = Object.fromEntries(real.map((one) => [one.name, one]));
  const placedAt: { readonly channel: "call" | "sms"; readonly second: number }[] = [];
  const second = () => (time.now - noon) / 1000;

  const clockwork = aClockwork(time, () => tasks);
  const decider = deciderOn(store);
  const given = {
    now: () => time.now,
    random: randomBytes,
    limits,
    log: {
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
      measure: (measure: Measure) => void measures.push(measure),
    },
  };
  const reach = {
    queue: { send: (job: TelegramJob) => Promise.resolve(void jobs.push(job)) },
    fallbacks: clockwork.machine,
    events: { publish: () => Promise.resolve() },
  };
  const services = {
    ...given,
    ...reach,
    allowedOrigins: [],
    callerAddress: gatewayAddress,
    sessions: {} as SessionStore,
    newVersion: decider.newVersion,
    accounts: store,
    decide: runDecisions({
      ...given,
      ...reach,
      decider,
      tidy: (account) => account,
      background: waitedFor,
    }),
  };
  const noting = real.map((one) => ({
    ...one,
    place: (order: Parameters<typeof one.place>[0]) => {
      placedAt.push({ channel: "call", second: second() });
      return one.place(order);
    },
  }));
  const tasks = {
    DispatchCall: dispatchCall({
      services,
      carriers: () => Promise.resolve(Object.fromEntries(noting.map((one) => [one.name, one]))),
      choice,
      codeKeys: key,
      budgets,
      stops,
      index,
    }),
    SendSms: sendSms({
      services,
      sms: {
        async send(order) {
          const result = await sender.send(order);
          const isThrottled = result.kind === "refused" && result.reason === "throttled";
          if (!isThrottled) placedAt.push({ channel: "sms", second: second() });
          return result;
        },
      },
      codeKeys: key,
      budgets,
      stops,
      serviceName: "Twostep",
      languages,
      domain: "panel.example.com",
    }),
  };
  const check = checkCodeWith(() => Promise.resolve(named));

  const decideNow = async <Outcome>(
    decision: (one: Account, context: Context) => Decision<Outcome>,
  ): Promise<Outcome> => {
    const context = contextOf(services, time.now);
    const decided = await services.decide(accountId("ann"), (one) => decision(one, context));
    if (!decided) throw new Error("No account.");
    return decided.outcome;
  };
  const answerTo = (code: string, id: ChallengeId) => ({
    ...anAnswer({ challengeId: id, newSessionId: sessionId(`session-of-${id}`) }),
    code,
    codeKeys,
  });

  return {
    services,
    ...clockwork,
    tasks,
    log,
    jobs,
    sms,
    index,
    budgets,
    placedAt,
    second,
    measures,
    carrier: carriers[0] ?? aCarrier(),
    decide: decideNow,
    async account(): Promise<Account> {
      const loaded = await store.load(accountId("ann"));
      if (!loaded) throw new Error("No account.");
      return loaded.value;
    },
    /** "I got no call", or the first one; and what follows from it at once. */
    async request(id = challengeId("challenge"), phone = aPhone().id, ip = "192.0.2.7") {
      const input = { challengeId: id, phoneId: phone, ip };
      const outcome = await decideNow((one, context) => requestCall(one, input, context));
      await clockwork.run(0);
      return outcome.kind;
    },
    /** Types a code, as the route does it. */
    async answer(code: string, id = challengeId("challenge")): Promise<PhoneAnswerOutcome> {
      const given = answerTo(code, id);
      const outcome = await decideNow((one, context) => answerPhoneCode(one, given, context));
      if (outcome.kind !== "ask_carrier") return outcome;
      const right = await check(outcome.calls, code);
      return decideNow((one, context) => resolveCheckedCode(one, given, right, context));
    },
    /** The code that the last call came from. */
    heard(): string {
      const carrier = carriers.find((one) => one.orders.length > 0) ?? aCarrier();
      const order = carrier.orders.at(-1);
      if (!order) throw new Error("No call.");
      return carrier.codeOf(order);
    },
    /** The code of the last SMS. */
    read: (): string => /#(\d{6})$/.exec(sms.orders.at(-1)?.text ?? "")?.[1] ?? "none",
  };
};

/** Another code of as many digits. */
export const otherThan = (...codes: readonly string[]): string => {
  const length = codes[0]?.length ?? 4;
  for (let guess = 0; ; guess += 1) {
    const code = String(guess).padStart(length, "0");
    if (!codes.includes(code)) return code;
  }
};
