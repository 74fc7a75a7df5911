import type { Client, Enrolment, Outcome, SecurityView } from "../client.ts";
import type { Operation } from "../client/operations.ts";
import type { Removal } from "./removal.ts";
import type { Texts } from "./texts/en.ts";

type Answered<Name extends Operation> = Extract<Outcome<Name>, { kind: "done" }>["value"];
export type TelegramLink = Answered<"beginTelegramLink">;
export type TotpEnrolment = Answered<"enrolTotp">;

/** What the person is doing. There is one flow at a time. */
export type Flow =
  | { readonly kind: "link"; readonly step: "plan" | "expired" }
  | LinkOut
  | { readonly kind: "totp"; readonly step: "name" | "expired" }
  | { readonly kind: "totp"; readonly step: "scan"; readonly enrolment: TotpEnrolment }
  | { readonly kind: "phone"; readonly step: "number" | "expired" }
  | { readonly kind: "phone"; readonly step: "code"; readonly enrolment: Enrolment }
  | { readonly kind: "codes"; readonly step: "plan" }
  | { readonly kind: "codes"; readonly step: "show"; readonly codes: readonly string[] }
  | { readonly kind: "removal"; readonly step: "ask"; readonly removal: Removal }
  | { readonly kind: "password"; readonly step: "new" };

/** A link that somebody may answer in Telegram. `name` is the Telegram name of who answered. */
export type LinkOut = { readonly kind: "link"; readonly link: TelegramLink } & (
  { readonly step: "scan" } | { readonly step: "answered"; readonly name: string }
);

/** Every way in which a request of this tab can fail. */
export type Refused = RefusedBy<SecurityOperation>;

type RefusedBy<Name extends Operation> = Name extends Operation
  ? Exclude<Outcome<Name>, { kind: "done" }>
  : never;

type SecurityOperation =
  | "readSecurity"
  | "listSessions"
  | "endSession"
  | "endOtherSessions"
  | "changePassword"
  | "reauthenticate"
  | "enrolTotp"
  | "confirmTotp"
  | "removeTotp"
  | "addPhone"
  | "callPhone"
  | "confirmPhone"
  | "removePhone"
  | "createRecoveryCodes"
  | "beginTelegramLink"
  | "readTelegramLink"
  | "confirmTelegramLink"
  | "switchTelegram"
  | "unlinkTelegram";

/** The result of an answer: the next step of the flow, the message to show, and the account as it is now. */
export type Next = {
  /** Undefined if the flow is over. */
  readonly flow: Flow | undefined;
  readonly problem?: Refused;
  readonly view?: SecurityView;
  readonly news?: keyof Texts["news"];
};

/** A task of the person. The run may repeat it after a reauthentication. */
export type Task = (client: Client) => Promise<Next>;

/** The card that shows a flow. */
export type Area = "summary" | "telegram" | "totp" | "phone" | "codes" | "sessions";

export const areaOf = (flow: Flow): Area => {
  switch (flow.kind) {
    case "link":
      return "telegram";
    case "password":
      return "summary";
    case "removal":
      return flow.removal.area;
    case "totp":
    case "phone":
    case "codes":
      return flow.kind;
  }
};
