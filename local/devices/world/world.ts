/**
 * All that the page of devices shows: the page and the stack agree on this. Times are ISO 8601, by the stack's clock.
 */
export type World = {
  version: number;
  now: string;
  telegram: TelegramWorld;
  phones: PhonesWorld;
  /** The faults of the AWS services that are still to come. */
  services: ShownServiceFault[];
};

/** The next `times` requests of functions to a service fail in this way, or only those for `action` if it is given. */
export type ShownServiceFault = {
  service: string;
  action?: string | undefined;
  mode: string;
  times: number;
};

export type TelegramWorld =
  | { kind: "fake"; bot: string; people: ShownPerson[]; faults: FaultPlan<TelegramFault> }
  /** The real Telegram, or none: the stack does not play its people. */
  | { kind: "elsewhere"; description: string };

export type TelegramFault =
  { status: number; retryAfter?: number | undefined } | { hangSeconds: number };

/** The faults of the next ones, in order, and of all after them. */
export type FaultPlan<Fault> = { next: readonly Fault[]; always: Fault | null };

export type ShownPerson = {
  userId: number;
  name: string;
  language: string | null;
  /** Whether they ever wrote to the bot. */
  started: boolean;
  blocked: boolean;
  /** The newest messages, oldest first. */
  messages: ShownMessage[];
};

export type ShownMessage = {
  id: number;
  from: "bot" | "person";
  at: string;
  text: string;
  entities: ShownEntity[];
  buttons: { text: string; url: string | null }[][];
  edited: boolean;
};

/** A part of a text that looks different; offsets are UTF-16 code units, as Telegram's are. */
export type ShownEntity = { type: string; offset: number; length: number; url?: string };

export type PhonesWorld = {
  numbers: ShownNumber[];
  calls: FaultPlan<string>;
  sms: FaultPlan<string>;
};

/** A number that somebody has called or written to. */
export type ShownNumber = { number: string; calls: ShownCall[]; sms: ShownSms[] };

export type ShownCall = { id: string; from: string; at: string; ringsUntil: string };
export type ShownSms = { id: string; from: string; text: string; at: string };
