import type * as z from "zod/mini";
import type { Instant } from "../../account/ids.ts";
import type { Fetch } from "./ask-carrier.ts";
import type { CallStatus, Carrier } from "./carrier.ts";

/** Our credentials at a carrier: texts, by the names that they have in the operator's secret. */
type Credentials = Readonly<Record<string, string>>;

/** All that the service knows of one carrier. The list `carriers` has an entry for each. */
export type CarrierEntry<Name extends string, Own extends Credentials> = {
  /** The name as people write it. */
  readonly title: string;
  /** The address of its API, without a slash at the end. A deployer may name a proxy instead. */
  readonly apiRoot: `https://${string}`;
  /** The form of its entry in the secret. The fields are told to the operator. */
  readonly credentials: z.ZodMiniType<Own> & {
    readonly shape: Readonly<Record<keyof Own, unknown>>;
  };
  readonly make: (options: CarrierOptions<Own>) => Carrier<Name>;
  /** How it reports calls to `POST /v1/calls/{carrier}/status`; null for a carrier that does not call back. */
  readonly callback: CarrierCallback<Own> | null;
};

export type CarrierOptions<Own> = {
  readonly credentials: Own;
  readonly baseUrl: string;
  readonly fetch?: Fetch;
};

type CarrierCallback<Own> = {
  /**
   * Whether the carrier sent this, and sent it lately. Returns false for everything that is missing, malformed or
   * wrong, also in the credentials; never throws.
   */
  readonly verify: (credentials: Own, webhook: Webhook, now: Instant) => boolean;
  /** What it says, and of which call; undefined if it is about something else. It gets only what `verify` accepted. */
  readonly read: (rawBody: string) => CallNews | undefined;
};

export type Webhook = {
  /** Header names are in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came, not parsed and written again. */
  readonly rawBody: Buffer;
};

export type CallNews = {
  /** The carrier's reference of the call. */
  readonly reference: string;
  readonly status: CallStatus;
};
