import { carrierNames } from "../../../lib/phone/carriers/carriers.ts";
import { minutesOf, type Minutes } from "./minutes.ts";
import { randomFrom, type Random } from "./random.ts";

/** The share of a day's sign-ins in each of its hours: a quiet night, and a peak at nine. */
const hours = [
  0.2, 0.15, 0.1, 0.1, 0.15, 0.3, 2, 5, 12, 20, 10, 8, 6, 8, 7, 6, 5, 4, 2.5, 1.5, 1, 0.5, 0.3, 0.2,
];

/** What can fail, each with the share that fails on an ordinary day. */
const ordinary = {
  "password step": 0.0002,
  "second step": 0.0002,
  "Telegram's taps": 0.0002,
  API: 0.0002,
  store: 0.0001,
  "event bus": 0.0005,
  secrets: 0.001,
  prompts: 0.001,
  "telegram-sender": 0.0005,
  "dispatch-call": 0.0005,
  "send-sms": 0.0005,
  executions: 0.0001,
  "synthetic sign-in": 0.0002,
  SMS: 0.001,
  // A phone that is off, or without reception.
  "calls under way": 0.03,
  "SMS under way": 0.05,
};
type Ordinary = keyof typeof ordinary;
export type Failing = Ordinary | `carrier ${string}`;
const carrierFails = 0.002;

export type Outage = {
  readonly what: Failing;
  /** Of how many one fails: of each one, of every second one. */
  readonly everyNth: 1 | 2;
  readonly from: number;
};

export type Traffic = {
  readonly measured: (metric: string) => Minutes;
  /** In which minutes something that should have worked failed because of the outage. */
  readonly letDown: readonly number[];
  /** Every metric that there is. */
  readonly names: readonly string[];
};

export type TrafficOptions = {
  readonly people: number;
  readonly minutes: number;
  readonly seed: number;
  readonly outage?: Outage;
};

/** A sign-in a person and day: with Telegram 60 %, an app 30 %, a phone 10 %; each carrier as often as another. */
export const trafficOf = ({ people, minutes, seed, outage }: TrafficOptions): Traffic => {
  const random = randomFrom(seed);
  const series = new Map<string, Minutes>();
  const measured = (metric: string): Minutes => {
    const known = series.get(metric) ?? minutesOf(minutes);
    series.set(metric, known);
    return known;
  };
  const letDown: number[] = [];
  const failuresOf = failures(random, outage, letDown);
  for (let minute = 0; minute < minutes; minute += 1) {
    const share = (hours[Math.floor(minute / 60) % 24] ?? 0) / 100;
    const signIns = random.about((people * share) / 60);
    addMinute({ minute, signIns, random, measured, failuresOf: failuresOf(minute) });
    measured(ours("SendCost")).add(minute, (200 * 0.3 * share) / 60, 1);
  }
  return { measured, letDown, names: [...series.keys()] };
};

const failures =
  (random: Random, outage: Outage | undefined, letDown: number[]) => (minute: number) => {
    let tried = 0;
    return (what: Failing, n: number): number => {
      const usual = random.ofMany(n, what in ordinary ? ordinary[what as Ordinary] : carrierFails);
      if (outage?.what !== what || minute < outage.from || n === 0) return usual;
      // What an earlier minute began is counted on: the second of two comes in another minute where few come.
      tried += outageTried.get(outage) ?? 0;
      const failed =
        Math.floor((tried + n) / outage.everyNth) - Math.floor(tried / outage.everyNth);
      outageTried.set(outage, tried + n);
      if (failed > 0) letDown.push(minute);
      return Math.max(usual, failed);
    };
  };
const outageTried = new WeakMap<Outage, number>();

type Minute = {
  readonly minute: number;
  readonly signIns: number;
  readonly random: Random;
  readonly measured: Traffic["measured"];
  readonly failuresOf: (what: Failing, n: number) => number;
};

/** Our own metrics, as the template names them. */
const ours = (name: string, dimensions: Readonly<Record<string, string>> = {}) =>
  `Twostep ${name} (${Object.entries({ ...dimensions, service: "twostep" })
    .sort()
    .map(([key, value]) => `${key}=${value}`)
    .join(", ")})`;

const functions = {
  "telegram-sender": "Functionstelegramsender",
  "dispatch-call": "Functionsdispatchcall",
  "send-sms": "Functionssendsms",
} as const;
const machine =
  "StateMachineArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback";

const addMinute = ({ minute, signIns, random, measured, failuresOf }: Minute): void => {
  const count = (metric: string, n: number) => n > 0 && measured(metric).add(minute, n, n);
  /** What `failure` in `lib/log/measure.ts` makes of `n` things. */
  const share = (metric: string, what: Failing, n: number) => {
    if (n > 0) measured(metric).add(minute, failuresOf(what, n), n);
  };

  const wrong = random.ofMany(signIns, 0.08);
  count(ours("PasswordTried", { outcome: "right" }), signIns);
  count(ours("PasswordTried", { outcome: "wrong" }), wrong);
  count(ours("PasswordTried", { outcome: "paused" }), random.ofMany(wrong, 0.02));
  count(ours("WrongCode", { method: "six_digits" }), random.ofMany(signIns, 0.02));
  share(ours("SignInFault", { step: "password" }), "password step", signIns + wrong);
  share(ours("SignInFault", { step: "second_step" }), "second step", signIns);
  share(ours("StoreFault"), "store", 3 * signIns);
  share(ours("ActivityLost"), "event bus", 2 * signIns);
  // Functions that are in use ask for their secrets again; many requests keep many in use.
  share(ours("SecretNotRefreshed"), "secrets", random.about(Math.min(100, 0.05 + signIns / 10)));
  const requests = 15 * signIns;
  if (requests > 0) {
    measured("AWS/ApiGateway Count (ApiId=${ApiHttp})").add(minute, requests, requests);
    const failed = failuresOf("API", requests);
    measured("AWS/ApiGateway 5xx (ApiId=${ApiHttp})").add(minute, failed, requests);
  }
  if (minute % 5 === 0) share(ours("SyntheticSignInFailed"), "synthetic sign-in", 1);
  const lambda = (name: keyof typeof functions, n: number) =>
    share(`AWS/Lambda Errors (FunctionName=\${${functions[name]}})`, name, n);

  const prompts = random.ofMany(signIns, 0.6);
  share(ours("TelegramFailed"), "prompts", prompts);
  share(ours("SignInFault", { step: "telegram_answer" }), "Telegram's taps", prompts);
  lambda("telegram-sender", prompts);
  count("AWS/SQS NumberOfMessagesReceived (QueueName=${TelegramQueue.QueueName})", prompts);
  const queued = "AWS/SQS ApproximateNumberOfMessagesVisible";
  // Where many come, there is always a job that waits for the next sender.
  measured(`${queued} (QueueName=\${TelegramQueue.QueueName})`).note(minute, prompts > 60 ? 3 : 0);
  measured(`${queued} (QueueName=\${TelegramDeadLetters.QueueName})`).note(minute, 0);
  for (let n = 0; n < Math.min(prompts, 20); n += 1) {
    measured(ours("TelegramWait")).note(minute, random.next() < 0.0005 ? 90 : 3 * random.next());
  }

  const phone = random.ofMany(signIns, 0.1);
  const calls = phone + random.ofMany(phone, 0.3);
  const sms = random.ofMany(phone, 0.2);
  count(ours("FallbackStarted"), phone);
  const byCall = random.ofMany(phone, 0.7);
  count(ours("ChallengeEnded", { method: "call", outcome: "completed" }), byCall);
  count(ours("ChallengeEnded", { method: "sms", outcome: "completed" }), random.ofMany(sms, 0.6));
  for (const [n, carrier] of carrierNames.entries()) {
    const own = Math.floor((calls + n) / carrierNames.length);
    share(ours("CarrierFailed", { carrier }), `carrier ${carrier}`, own);
  }
  lambda("dispatch-call", calls);
  lambda("send-sms", sms);
  share(ours("SmsFailed"), "SMS", sms);
  const lost = failuresOf("calls under way", calls);
  const arrived = calls - lost;
  if (calls > 0) measured(ours("CallUndelivered")).add(minute, lost, lost + arrived);
  const snsFailed = "AWS/SNS NumberOfNotificationsFailed (PhoneNumber=PhoneNumberDirect)";
  count(snsFailed, failuresOf("SMS under way", sms));
  const ended = failuresOf("executions", phone);
  count(`AWS/States ExecutionsFailed (${machine})`, ended);
  count(`AWS/States ExecutionsSucceeded (${machine})`, phone - ended);
};
