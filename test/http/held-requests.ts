import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import type { Service } from "../support/service.ts";
import { pathWith, validRequest, type Subject } from "./valid-requests.ts";

/** Whose browser sends a request. The owner and the other one are both signed in. */
export type Sender = "owner" | "other" | "visitor" | "guest" | "host";

/** Somebody, and everybody who sends requests about their account. */
export type Cast = Readonly<Record<Sender, Browser>> & {
  readonly subject: Subject;
  /** Telegram's message with its buttons, of the visitor's challenge; none where nothing was asked. */
  readonly asked: { readonly chatId: number; readonly messageId: number; readonly right: string };
};

/** A request that changes something, by a name that no other has. */
export type Change = {
  readonly name: string;
  readonly operation: string;
  readonly by: Sender;
  readonly send: (cast: Cast, headers: Readonly<Record<string, string>>) => Promise<Reply>;
};

const sender = ({ credential }: Contract): Sender => {
  switch (credential) {
    case "challenge":
      return "visitor";
    case "session":
    case "fresh_session":
      return "owner";
    case "host":
      return "host";
    case "none":
      return "guest";
  }
};

type Variant = {
  readonly what?: string;
  readonly by?: Sender;
  readonly id?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly cookies?: (cast: Cast) => readonly string[];
};

/** For the parts of a variant that depend on nobody. */
const nobody = { person: { id: "", email: "", password: "" } } as Subject;

const changeOf = (contract: Contract, vary: (subject: Subject) => Variant = () => ({})): Change => {
  const { what, by = sender(contract) } = vary(nobody);
  return {
    name: [contract.operation, what].filter(Boolean).join(" "),
    operation: contract.operation,
    by,
    send(cast, headers) {
      const request = { ...validRequest(contract, cast.subject), ...vary(cast.subject) };
      return cast[by].send(contract.method, pathWith(contract, request.id, request.further), {
        ...(request.json && { json: request.json }),
        ...(request.cookies && { cookies: request.cookies(cast) }),
        headers,
      });
    },
  };
};

export const newMail = "elsewhere@example.com";
export const rivalOf = (id: string) => `${id}-rival`;

/** What is worth sending beside the one request of each route: from elsewhere, or with another meaning. */
const variants: Readonly<Record<string, readonly ((subject: Subject) => Variant)[]>> = {
  signIn: [() => ({ what: "again", by: "owner" })],
  // It takes whatever cookie comes, so that its route asks for none.
  signOut: [
    () => ({ what: "signed in", by: "owner" }),
    () => ({ what: "signed in elsewhere", by: "other" }),
  ],
  answerTotp: [
    () => ({ what: "of a re-authentication", by: "owner" }),
    () => ({
      what: "in place of a session",
      by: "owner",
      cookies: ({ owner, visitor }) => [
        owner.cookie("__Host-session"),
        ...(visitor.has("__Host-challenge") ? [visitor.cookie("__Host-challenge")] : []),
      ],
    }),
  ],
  putAccount: [
    ({ person: { email } }) => ({ what: "as it is", json: { email } }),
    () => ({ what: "with another mail", json: { email: newMail } }),
    ({ person: { id } }) => ({
      what: "of a rival for the new mail",
      id: rivalOf(id),
      json: { email: newMail },
    }),
    ({ person: { id, email } }) => ({
      what: "of a rival for the old mail",
      id: rivalOf(id),
      json: { email },
    }),
  ],
};

/** Every request that changes something, from the contracts: a new route is here by itself. */
export const changes: readonly Change[] = contracts
  .filter(({ method }) => method !== "GET")
  .flatMap((contract) => [
    changeOf(contract),
    ...(contract.credential === "session" || contract.credential === "fresh_session"
      ? [changeOf(contract, () => ({ what: "elsewhere", by: "other" }))]
      : []),
    ...(variants[contract.operation] ?? []).map((vary) => changeOf(contract, vary)),
  ]);

/** What reaches the account by Telegram instead of HTTP routes. */
export const taps = ({ telegram, storage }: Service): readonly Change[] =>
  (["right", "denied"] as const).map((which) => ({
    name: `a tap in Telegram: ${which}`,
    operation: "telegram",
    by: "guest",
    async send({ asked }) {
      const button = which === "right" ? asked.right : "No, it's not me";
      const { result: status, calls } = await storage.meter(() =>
        telegram.tap(asked.chatId, asked.messageId, button),
      );
      return { ...noReply, status, calls };
    },
  }));

const noReply: Reply = {
  status: 0,
  headers: {},
  setCookies: [],
  text: "",
  body: undefined,
  code: undefined,
  calls: [],
  contract: undefined,
};
