import { openAccountChallenge } from "../../lib/contract/accounts.ts";
import { answerTotp, readChallenge } from "../../lib/contract/challenge.ts";
import { addPhone } from "../../lib/contract/phones.ts";
import { beginTelegramLink } from "../../lib/contract/telegram.ts";
import { enrolTotp } from "../../lib/contract/totp.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import { totpCode } from "../support/service-totp.ts";
import type { Service } from "../support/service.ts";
import type { Cast, Sender } from "./held-requests.ts";

/** What a step was answered; of what has no HTTP answer, 200 or 503. */
export type StepReply = Pick<Reply, "status" | "body">;

export type Step = {
  readonly name: string;
  /** The same each time, with the same Idempotency-Key. */
  readonly send: () => Promise<StepReply>;
  readonly good: (reply: StepReply) => boolean;
  /** Nothing goes wrong in it: another flow has the same step. */
  readonly sure?: true;
};

/** Something that a person or a host does, in so many steps. */
export type Flow = {
  readonly name: string;
  readonly stage: "plain" | "secured" | "approved";
  /** What it sets going is one queue, or one state machine, for all: nothing else may run beside it. */
  readonly alone?: true;
  /** Seconds before it begins, after which what was asked in Telegram before counts no more. */
  readonly after?: number;
  /** Whose session a failure on the way must not end. */
  readonly former?: Sender;
  /** Who is signed in at its end. */
  readonly signedIn?: Sender;
  readonly steps: (cast: Cast, service: Service) => readonly Step[];
};

const is =
  (...statuses: readonly number[]) =>
  ({ status }: StepReply) =>
    statuses.includes(status);
const says =
  (wanted: string) =>
  ({ status, body }: StepReply) =>
    status === 200 && (body as { status?: string }).status === wanted;

let keys = 0;
const step = (
  name: string,
  send: (headers: Readonly<Record<string, string>>) => Promise<StepReply>,
  good: Step["good"],
): Step => {
  keys += 1;
  const headers = { "idempotency-key": `key-${keys}` };
  return { name, send: () => send(headers), good };
};

/** A request whose path and body may depend on what came before. */
const post = (
  browser: Browser,
  path: string | (() => string),
  json: object | (() => object) | undefined,
  good: Step["good"],
  seen: (reply: StepReply) => void = () => undefined,
  method = "POST",
): Step =>
  step(
    `${method} ${typeof path === "string" ? path : "…"}`,
    async (headers) => {
      const reply = await browser.send(method, typeof path === "string" ? path : path(), {
        json: typeof json === "function" ? json() : json,
        headers,
      });
      if (good(reply)) seen(reply);
      return reply;
    },
    good,
  );
const sent = (
  browser: Browser,
  method: string,
  path: string,
  json: object | undefined,
  good: Step["good"],
) => post(browser, path, json, good, undefined, method);

/** What no browser sends: a webhook's update, a job of the queue, a task of the state machine. */
const task = (name: string, work: () => Promise<number>): Step =>
  step(
    name,
    async () => {
      try {
        return { status: await work(), body: undefined };
      } catch {
        // Whoever called it calls it again.
        return { status: 503, body: undefined };
      }
    },
    is(200),
  );

const credentials = ({ subject: { person } }: Cast) => ({
  email: person.email,
  password: person.password,
});

const signingIn = (cast: Cast, browser: Browser, status: string) =>
  post(browser, "/v1/sign-in", credentials(cast), says(status));

const byTotp = (cast: Cast, browser: Browser, status = "signed_in") =>
  post(browser, "/v1/challenge/totp", { code: cast.subject.app.code() }, says(status));

/** The chats' messages go out; jobs that failed are seen again after a while. */
const jobsRun = (service: Service) =>
  task("the jobs run", async () => {
    const before = service.jobs.length + service.telegram.deadLetters.length;
    await service.telegram.runJobs();
    const failed = service.jobs.some(({ failures }) => failures > 0);
    if (failed) service.clock.advance(181);
    return failed && before > 0 ? 503 : 200;
  });

/**
 * The call that is due. A task that broke off may have placed it, so it is not placed again: where nothing rang, the
 * person asks for another when they may.
 */
const callPlaced = (service: Service, promptAgain: () => Promise<Reply>) => {
  const { orders, runTask } = service.phone;
  const before = orders.length;
  return task("the call is placed", async () => {
    await runTask();
    if (orders.length === before) {
      service.clock.advance(45);
      await promptAgain();
      await runTask();
    }
    return orders.length > before ? 200 : 503;
  });
};

const lastCode = (service: Service) => ({ code: service.phone.orders.at(-1)?.code ?? "" });

const surely = (one: Step): Step => ({ ...one, sure: true });

const signIns: readonly Flow[] = [
  {
    name: "a sign-in by password alone",
    stage: "plain",
    signedIn: "guest",
    steps: (cast) => [signingIn(cast, cast.guest, "signed_in")],
  },
  {
    name: "a sign-in by password alone where somebody is signed in",
    stage: "plain",
    former: "owner",
    signedIn: "owner",
    steps: (cast) => [signingIn(cast, cast.owner, "signed_in")],
  },
  {
    name: "a sign-in by an authenticator",
    stage: "secured",
    former: "owner",
    signedIn: "owner",
    steps: (cast) => [signingIn(cast, cast.owner, "second_step"), byTotp(cast, cast.owner)],
  },
  {
    name: "a sign-in by a recovery code",
    stage: "secured",
    signedIn: "guest",
    steps: (cast) => [
      surely(signingIn(cast, cast.guest, "second_step")),
      post(
        cast.guest,
        "/v1/challenge/recovery-code",
        { code: cast.subject.recoveryCodes[0] },
        says("signed_in"),
      ),
    ],
  },
  {
    name: "a sign-in by Telegram",
    stage: "secured",
    alone: true,
    after: 700,
    signedIn: "guest",
    steps(cast, service) {
      let number = "";
      return [
        surely(signingIn(cast, cast.guest, "second_step")),
        jobsRun(service),
        post(
          cast.guest,
          "/v1/challenge",
          undefined,
          is(200),
          ({ body }) => {
            number = readChallenge.answers[200].parse(body).methods.telegram?.number ?? "";
          },
          "GET",
        ),
        task("the tap", async () => {
          const message = service.telegram.messages.at(-1);
          return service.telegram.tap(cast.asked.chatId, message?.messageId ?? 0, number);
        }),
        post(cast.guest, "/v1/challenge/complete", undefined, says("signed_in")),
        jobsRun(service),
      ];
    },
  },
  {
    name: "a sign-in by a call",
    stage: "secured",
    alone: true,
    signedIn: "guest",
    steps: (cast, service) => [
      surely(signingIn(cast, cast.guest, "second_step")),
      post(cast.guest, "/v1/challenge/call", { numberId: cast.subject.phoneId }, is(202)),
      callPlaced(service, () =>
        cast.guest.post("/v1/challenge/call", { numberId: cast.subject.phoneId }),
      ),
      post(cast.guest, "/v1/challenge/code", () => lastCode(service), says("signed_in")),
    ],
  },
  {
    name: "a sign-in that a host began",
    stage: "secured",
    signedIn: "guest",
    steps(cast) {
      let [token, grant] = ["", ""];
      const asked = { ip: "203.0.113.7", device: "Firefox" };
      const path = `/v1/accounts/${cast.subject.person.id}/challenges`;
      return [
        post(cast.host, path, asked, is(201), ({ body }) => {
          const { challengeUrl } = openAccountChallenge.answers[201].parse(body);
          token = challengeUrl.split("#challenge=")[1] ?? "";
        }),
        post(cast.guest, "/v1/challenge/open", () => ({ token }), is(200)),
        post(
          cast.guest,
          "/v1/challenge/totp",
          { code: cast.subject.app.code() },
          says("signed_in"),
          ({ body }) => {
            grant = answerTotp.answers[200].parse(body).grant ?? "";
          },
        ),
        post(cast.host, "/v1/grants/redeem", () => ({ grant }), is(200)),
      ];
    },
  },
  {
    name: "a plain re-authentication",
    stage: "plain",
    signedIn: "owner",
    steps: (cast) => [
      post(
        cast.owner,
        "/v1/reauthentication",
        { password: cast.subject.person.password },
        says("reauthenticated"),
      ),
    ],
  },
  {
    name: "a re-authentication with the second step",
    stage: "secured",
    signedIn: "owner",
    steps: (cast) => [
      post(
        cast.owner,
        "/v1/reauthentication",
        { password: cast.subject.person.password },
        says("second_step"),
      ),
      byTotp(cast, cast.owner, "reauthenticated"),
    ],
  },
];

const changes: readonly Flow[] = [
  {
    name: "an authenticator that is added",
    stage: "plain",
    signedIn: "owner",
    steps(cast, { clock }) {
      let [id, secret] = ["", ""];
      return [
        post(cast.owner, "/v1/totp", { name: "Tablet" }, is(201), ({ body }) => {
          ({ id, secret } = enrolTotp.answers[201].parse(body));
        }),
        post(
          cast.owner,
          () => `/v1/totp/${id}/confirm`,
          () => ({ code: totpCode(secret, clock.now()) }),
          is(200),
        ),
      ];
    },
  },
  {
    name: "a Telegram account that is linked",
    stage: "plain",
    signedIn: "owner",
    steps(cast, { telegram }) {
      let [id, token] = ["", ""];
      return [
        post(cast.owner, "/v1/telegram", undefined, is(201), ({ body }) => {
          const link = beginTelegramLink.answers[201].parse(body);
          [id, token] = [link.id, new URL(link.url).searchParams.get("start") ?? ""];
        }),
        task("the start", () => telegram.write(8_000_001, `/start ${token}`)),
        post(cast.owner, () => `/v1/telegram/links/${id}/confirm`, undefined, is(200)),
      ];
    },
  },
  {
    name: "a number that is added",
    stage: "secured",
    alone: true,
    signedIn: "owner",
    steps(cast, service) {
      let id = "";
      return [
        post(cast.owner, "/v1/phones", { number: "+380671234567" }, is(201), ({ body }) => {
          ({ id } = addPhone.answers[201].parse(body));
        }),
        callPlaced(service, () => cast.owner.post(`/v1/phones/${id}/call`)),
        post(
          cast.owner,
          () => `/v1/phones/${id}/confirm`,
          () => lastCode(service),
          is(200),
        ),
      ];
    },
  },
  {
    name: "factors that go",
    stage: "secured",
    signedIn: "owner",
    // What was removed and is removed again is not there.
    steps: ({ owner, subject: { app, telegramId, phoneId } }) => [
      sent(owner, "PUT", "/v1/telegram", { enabled: false }, is(200)),
      sent(owner, "DELETE", `/v1/telegram/accounts/${telegramId}`, undefined, is(200, 404)),
      sent(owner, "DELETE", `/v1/phones/${phoneId}`, undefined, is(200, 404)),
      sent(owner, "DELETE", `/v1/totp/${app.id}`, undefined, is(200, 404)),
    ],
  },
  {
    name: "new recovery codes, a new password, and the end of all other sessions",
    stage: "secured",
    signedIn: "owner",
    steps: ({ owner }) => [
      post(owner, "/v1/recovery-codes", undefined, is(201)),
      sent(owner, "PUT", "/v1/password", { password: "another good one" }, is(204)),
      sent(owner, "DELETE", "/v1/sessions", undefined, is(204)),
    ],
  },
  {
    name: "the end of one session, and a sign-out",
    stage: "secured",
    steps: ({ owner, subject }) => [
      sent(owner, "DELETE", `/v1/sessions/${subject.otherSessionId}`, undefined, is(204, 404)),
      // Somebody who is signed out already is that.
      post(owner, "/v1/sign-out", undefined, is(204, 401)),
    ],
  },
  {
    name: "a challenge that is given up",
    stage: "secured",
    steps: ({ visitor }) => [
      post(visitor, "/v1/challenge/telegram", undefined, is(202, 429)),
      sent(visitor, "DELETE", "/v1/challenge", undefined, is(204)),
    ],
  },
  {
    name: "an account that a host makes",
    stage: "plain",
    signedIn: "guest",
    steps({ host, guest, subject: { person } }) {
      const made = { email: "one@example.com", password: "set by the host" };
      // What was made, and whose answer was lost, is there when it is said again.
      return [
        sent(host, "PUT", `/v1/accounts/${person.id}-new`, made, is(201, 200)),
        surely(post(guest, "/v1/sign-in", made, says("signed_in"))),
      ];
    },
  },
  {
    name: "an account that a host changes and resets",
    stage: "plain",
    signedIn: "guest",
    steps({ host, guest, subject: { person } }) {
      const path = `/v1/accounts/${person.id}`;
      const [first, second] = ["one@example.com", "two@example.com"];
      return [
        sent(host, "PUT", path, { email: first }, is(200)),
        sent(host, "PUT", path, { email: second }, is(200)),
        sent(host, "PUT", path, { email: first }, is(200)),
        post(host, `${path}/reset`, { reason: "Lost everything" }, is(200)),
        surely(
          post(
            guest,
            "/v1/sign-in",
            { email: first, password: person.password },
            says("signed_in"),
          ),
        ),
      ];
    },
  },
  {
    name: "a password that a host sets",
    stage: "plain",
    signedIn: "guest",
    steps({ host, guest, subject: { person } }) {
      const given = { email: person.email, password: "set once more" };
      return [
        sent(host, "PUT", `/v1/accounts/${person.id}`, given, is(200)),
        surely(post(guest, "/v1/sign-in", given, says("signed_in"))),
      ];
    },
  },
];

export const flows: readonly Flow[] = [...signIns, ...changes];
