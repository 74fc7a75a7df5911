import { createAccountSession, openAccountChallenge } from "../../lib/contract/accounts.ts";
import { answerTotp } from "../../lib/contract/challenge.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import { readSession } from "../../lib/contract/sessions.ts";
import type { Browser, Sending } from "../support/service-browser.ts";
import {
  begunApp,
  addedPhone,
  begunLink,
  begunPhone,
  placeCalls,
  challenged,
  linkedTelegram,
  newRecoveryCodes,
  newSecuredPerson,
  signedInTwice,
  type AuthenticatorApp,
  type Person,
} from "../support/service-people.ts";
import type { Service } from "../support/service.ts";

/** Somebody with one of everything that a request can be about. */
export type Subject = {
  readonly person: Person;
  /** Freshly signed in. */
  readonly session: Browser;
  /** Signed in as well, elsewhere. */
  readonly other: Browser;
  readonly otherSessionId: string;
  /** Holds an open challenge and nothing else. */
  readonly challenge: Browser;
  readonly app: AuthenticatorApp;
  readonly unconfirmedApp: AuthenticatorApp;
  readonly recoveryCodes: readonly string[];
  /** A linked Telegram account, and a link that somebody has answered. */
  readonly telegramId: string;
  readonly linkId: string;
  /** A confirmed number, one that is being confirmed, and the codes of the calls that were placed to both. */
  readonly phoneId: string;
  readonly enrolmentId: string;
  readonly enrolmentCode: string;
  readonly challengeCode: string;
  /** Of a challenge that the host opened and no browser has taken. */
  readonly token: string;
  /** Of a session that the host asked for and no browser has taken. */
  readonly ticket: string;
  /** When the subject was made. */
  readonly at: string;
  /** Of a challenge that the host opened and the person completed. */
  readonly grant: string;
};

let users = 5_000_000;

export const newSubject = async (service: Service): Promise<Subject> => {
  const { person, browser: session, app } = await newSecuredPerson(service);
  const recoveryCodes = await newRecoveryCodes(session);
  users += 10;
  const telegramId = await linkedTelegram(service, session, users);
  const phoneId = await addedPhone(service, session);
  const other = await signedInTwice(service, person, app);
  const otherSession = readSession.answers[200].parse((await other.get("/v1/session")).body);
  const visitor = service.browser();
  await visitor.post("/v1/challenge/open", { token: await newToken(service, person) });
  const completed = await visitor.post("/v1/challenge/totp", { code: app.nextCode() });
  const token = await newToken(service, person);
  const challenge = await challenged(service, person);
  const unconfirmedApp = await begunApp(service, session);
  const link = await begunLink(session);
  await service.telegram.write(users + 1, `/start ${link.token}`);
  const enrolment = await begunPhone(service, session, "+380501112233");
  await challenge.post("/v1/challenge/call", { numberId: phoneId });
  const challengeCode = await placeCalls(service);
  // From here on the app's present code has not been used.
  service.clock.advance(30);
  const ticket = await newTicket(service, person);
  return {
    ticket,
    at: new Date(service.clock.now()).toISOString(),
    person,
    session,
    other,
    otherSessionId: otherSession.session.id,
    challenge,
    app,
    unconfirmedApp,
    recoveryCodes,
    token,
    telegramId,
    linkId: link.id,
    phoneId,
    enrolmentId: enrolment.id,
    enrolmentCode: enrolment.code,
    challengeCode,
    grant: answerTotp.answers[200].parse(completed.body).grant ?? "",
  };
};

/** The token in the URL of a new challenge that the host asks for. */
export const newToken = async (
  { host }: Service,
  { id }: Person,
  more: { readonly returnTo?: string } = {},
): Promise<string> => {
  const asked = { ip: "203.0.113.7", device: "Firefox on Windows", ...more };
  const { body } = await host.post(`/v1/accounts/${id}/challenges`, asked);
  const { challengeUrl } = openAccountChallenge.answers[201].parse(body);
  return new URLSearchParams(new URL(challengeUrl).hash.slice(1)).get("challenge") ?? "";
};

/** The token of a new session that the host asks for. */
export const newTicket = async (
  { host, clock }: Service,
  { id }: Pick<Person, "id">,
  more: { readonly returnTo?: string; readonly authenticatedAt?: string } = {},
): Promise<string> => {
  const { body } = await host.post(`/v1/accounts/${id}/sessions`, {
    ip: "203.0.113.7",
    device: "Firefox on Windows",
    authenticatedAt: new Date(clock.now()).toISOString(),
    ...more,
  });
  return createAccountSession.answers[201].parse(body).token;
};

export type ValidRequest = {
  /** What the parameter of the path stands for, and a second one. */
  readonly id?: string;
  readonly further?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  /** The status that it gets with the right credential. */
  readonly status: number;
};

/**
 * A right request of each route. Tests go through all contracts and look here: a new route without an entry fails
 * them, and with one is covered by all of them.
 */
const validRequests: Readonly<Record<string, (subject: Subject) => ValidRequest>> = {
  signIn: ({ person: { email, password } }) => ({ json: { email, password }, status: 200 }),
  readChallenge: () => ({ status: 200 }),
  answerTotp: ({ app }) => ({ json: { code: app.code(), replaceSession: true }, status: 200 }),
  answerRecoveryCode: ({ recoveryCodes: [code] }) => ({
    json: { code, replaceSession: true },
    status: 200,
  }),
  openChallenge: ({ token }) => ({ json: { token, replaceSession: true }, status: 200 }),
  completeChallenge: () => ({ json: { replaceSession: true }, status: 409 }),
  cancelChallenge: () => ({ status: 204 }),
  readSession: () => ({ status: 200 }),
  signOut: () => ({ status: 204 }),
  reauthenticate: ({ person: { password } }) => ({ json: { password }, status: 200 }),
  changePassword: () => ({ json: { password: "another good one" }, status: 204 }),
  listSessions: () => ({ status: 200 }),
  endSession: ({ otherSessionId: id }) => ({ id, status: 204 }),
  endOtherSessions: () => ({ status: 204 }),
  readSecurity: () => ({ status: 200 }),
  enrolTotp: () => ({ json: { name: "Tablet" }, status: 201 }),
  confirmTotp: ({ unconfirmedApp: { id, code } }) => ({ id, json: { code: code() }, status: 200 }),
  removeTotp: ({ app: { id } }) => ({ id, status: 200 }),
  createRecoveryCodes: () => ({ status: 201 }),
  promptTelegram: () => ({ status: 202 }),
  beginTelegramLink: () => ({ status: 201 }),
  readTelegramLink: ({ linkId: id }) => ({ id, status: 200 }),
  confirmTelegramLink: ({ linkId: id }) => ({ id, status: 200 }),
  switchTelegram: () => ({ json: { enabled: false }, status: 200 }),
  unlinkTelegram: ({ telegramId: id }) => ({ id, status: 200 }),
  requestCall: ({ phoneId }) => ({ json: { numberId: phoneId }, status: 202 }),
  answerPhoneCode: ({ challengeCode }) => ({
    json: { code: challengeCode, replaceSession: true },
    status: 200,
  }),
  addPhone: () => ({ json: { number: "+380671234567" }, status: 201 }),
  callPhone: ({ enrolmentId: id }) => ({ id, status: 202 }),
  confirmPhone: ({ enrolmentId: id, enrolmentCode: code }) => ({ id, json: { code }, status: 200 }),
  removePhone: ({ phoneId: id }) => ({ id, status: 200 }),
  readHealth: () => ({ status: 200 }),
  readTime: () => ({ status: 200 }),
  putAccount: ({ person: { id, email } }) => ({
    id,
    json: { email, password: "set by the host", locale: "uk" },
    status: 200,
  }),
  readAccount: ({ person: { id } }) => ({ id, status: 200 }),
  openAccountChallenge: ({ person: { id } }) => ({
    id,
    json: { ip: "203.0.113.7", device: "Firefox", returnTo: "https://panel.example.com/home" },
    status: 201,
  }),
  readAccountChallenge: ({ person: { id }, token }) => ({
    id,
    further: token.split(".")[1] ?? "",
    status: 200,
  }),
  cancelAccountChallenge: ({ person: { id }, token }) => ({
    id,
    further: token.split(".")[1] ?? "",
    status: 204,
  }),
  createAccountSession: ({ person: { id }, at }) => ({
    id,
    json: { ip: "203.0.113.7", userAgent: "curl/8", authenticatedAt: at },
    status: 201,
  }),
  endAccountSessions: ({ person: { id } }) => ({ id, status: 204 }),
  openSession: ({ ticket }) => ({ json: { token: ticket, replaceSession: true }, status: 200 }),
  redeemGrant: ({ grant }) => ({ json: { grant }, status: 200 }),
  resetAccount: ({ person: { id } }) => ({ id, json: { reason: "Lost everything" }, status: 200 }),
};

export const hasValidRequest = ({ operation }: Contract): boolean =>
  Object.hasOwn(validRequests, operation);

export const validRequest = ({ operation }: Contract, subject: Subject): ValidRequest => {
  const make = validRequests[operation];
  if (!make) throw new Error(`Write down a valid request of ${operation}.`);
  return make(subject);
};

/** The contract's path with this id in it, encoded. */
export const pathWith = ({ path }: Contract, id = "", further = ""): string =>
  path.replace(/\{\w+\}/, encodeURIComponent(id)).replace(/\{\w+\}/, encodeURIComponent(further));

/** Who sends a request of this route when all is right. */
export const senderOf = (
  { credential }: Contract,
  subject: Subject,
  { host }: Service,
): Browser => {
  switch (credential) {
    case "challenge":
      return subject.challenge;
    case "session":
    case "fresh_session":
      return subject.session;
    case "host":
    case "none":
      return host;
  }
};

/** Sends the request as it should be, or with what `sending` changes of it. */
export const sendValid = (
  contract: Contract,
  request: ValidRequest,
  browser: Browser,
  sending: Sending = {},
) =>
  browser.send(contract.method, pathWith(contract, request.id, request.further), {
    ...(request.json && { json: request.json }),
    ...sending,
  });
