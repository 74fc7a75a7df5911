/** All that the page of devices shows, as one value: what its two sides agree on. Times are ISO 8601, by the stack's clock. */
export type World = {
  version: number;
  now: string;
  telegram: TelegramWorld;
  phones: PhonesWorld;
  /** What is still to go wrong with the AWS services. */
  services: ShownServiceFault[];
};

/** The next `times` requests of functions to a service fail in this way; to one action of it, if that is given. */
export type ShownServiceFault = {
  service: string;
  action?: string | undefined;
  mode: string;
  times: number;
};

export type TelegramWorld =
  | { kind: "fake"; bot: string; people: ShownPerson[]; faults: FaultPlan<TelegramFault> }
  /** The real one, or none: nobody here plays its people. */
  | { kind: "elsewhere"; description: string };

export type TelegramFault =
  { status: number; retryAfter?: number | undefined } | { hangSeconds: number };

/** What goes wrong: with the next ones, in order, and with all after them. */
export type FaultPlan<Fault> = { next: readonly Fault[]; always: Fault | null };

export type ShownPerson = {
  userId: number;
  name: string;
  language: string | null;
  /** Whether they ever wrote to the bot. */
  started: boolean;
  blocked: boolean;
  /** The newest of them, oldest first. */
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
