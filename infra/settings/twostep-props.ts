import type { CarrierName } from "../../lib/phone/carriers/carriers.ts";
import type { ChangedLimits } from "../../lib/settings/change-limits.ts";
import type { Languages } from "../../lib/settings/languages.ts";
import type { ReservedConcurrency } from "./reserved-concurrency.ts";

/** The processor that the functions run on. */
export type Processor = "arm64" | "x86_64";

export type TelegramProps = {
  /** The bot's name, without `@`. Its token goes into the secret that the output `TelegramBotTokenSecret` names. */
  readonly botUsername: string;
  /** Your own Bot API server; Telegram's if not given. */
  readonly apiRoot?: string;
};

export type PhoneProps = {
  /**
   * ISO codes of the countries whose numbers people may add, or `"all"`. Calls cost money, and some countries have
   * numbers that exist to earn that money.
   */
  readonly countries: readonly string[] | "all";
  /** The carriers that place calls, the first one first; uCaller if not given. */
  readonly carriers?: readonly CarrierName[];
  /** Other lists of carriers for single countries, by ISO code. */
  readonly carriersByCountry?: Readonly<Record<string, readonly CarrierName[]>>;
  /**
   * The name that an SMS shows as its sender, by ISO code, where a country allows one: up to 11 letters, digits and
   * hyphens.
   */
  readonly smsSenderIds?: Readonly<Record<string, string>>;
  /** Proxies before the carriers; the carriers' own addresses if not given. */
  readonly apiRoots?: Partial<Readonly<Record<CarrierName, string>>>;
};

export type DomainProps = {
  readonly name: string;
  /**
   * The ARN of the certificate for `name`: from us-east-1 where the pages are deployed (CloudFront reads it there), or
   * else from the stack's own region.
   */
  readonly certificateArn: string;
};

export type PagesProps = {
  /** Bundled pages to serve instead of the project's own panel, in their own languages; see `bundleWeb`. */
  readonly directory?: string;
  /** A web ACL of scope CLOUDFRONT from us-east-1 (`EdgeProtection` makes one with a rate rule). */
  readonly webAclArn?: string;
};

/** A deploy first sends a part of the requests to the new release, and goes back by itself if that fails. */
export type CanaryProps = {
  /** The share of the requests that the new release gets first, in per cent. */
  readonly percent: number;
  /** How long it gets that share, in minutes. */
  readonly minutes: number;
  /**
   * False: a deploy does not look at alarms. For a release that mends what the alarms tell; true if not given.
   */
  readonly rollback?: boolean;
};

/**
 * The deployer's choices, as plain data, so that a file can hold them. Only `allowedOrigins` has no default: the service
 * must not be callable from any page. `checkProps` holds values against this form when the template is made.
 */
export type TwostepServiceProps = {
  /**
   * Origins whose pages may call the API from a browser: `https://panel.example.com`. The origin of the deployed pages
   * is added. Codes in SMS are bound to the first one's host.
   */
  readonly allowedOrigins: readonly string[];
  /**
   * The name that people read in authenticator apps, in Telegram and in SMS: 1–64 characters; `Twostep` if not given.
   */
  readonly serviceName?: string;
  /**
   * The address of the service; if not given, the addresses that CloudFront and API Gateway give. It is served with TLS
   * 1.2 or newer only.
   */
  readonly domain?: DomainProps;
  /** False: no pages and no CloudFront; the host embeds the elements in its own pages. */
  readonly pages?: PagesProps | false;
  /**
   * The page that takes a host's challenges (`challengeUrl`); if not given, the deployed pages, or `/sign-in` without
   * them.
   */
  readonly signInUrl?: string;
  /** Not given: Telegram is off. */
  readonly telegram?: TelegramProps;
  /** Not given: phones are off. */
  readonly phones?: PhoneProps;
  /** Other values for the numbers of `lib/settings/limits.ts`: lives, guesses, the fallback, budgets. */
  readonly limits?: ChangedLimits;
  /**
   * The languages that the service uses in Telegram, in SMS and on the deployed pages; `["en", "uk", "ru"]` if not
   * given. People who have none of these languages get the first one, and so do accounts for which the host names no
   * language. An account whose language is not in this list keeps its language, and the service uses the first one.
   * Elements in a host's own pages follow those pages' `lang`.
   */
  readonly languages?: Languages;
  /**
   * The ARN of the SNS topic that gets the alarms, or `"none"`: then they show only in the console. It must be said,
   * except for a trial: nobody would notice that nobody is told.
   */
  readonly alarmTopicArn?: string;
  /**
   * Whether the service signs in to itself every five minutes, with an account and an authenticator of its own, so that
   * an alarm tells an outage also where nobody comes; true if not given. It needs `limits.challenge.perHour` of 13.
   */
  readonly syntheticSignIn?: boolean;
  /**
   * How many of a function may run at once, reserved for it and also its throttle, by the function's name. Not given:
   * `recommendedConcurrency`, and nothing for a trial. `{}` reserves nothing. A new AWS account has 10 in all and allows
   * no reservation, see `docs/deploy.md`.
   */
  readonly reservedConcurrency?: ReservedConcurrency;
  /**
   * The name of a table of accounts that a point-in-time recovery made. The service uses it instead of the stack's own
   * table, which stays as it is. It must be encrypted with the stack's key, as a recovery makes it; see
   * `docs/runbooks/restore.md`.
   */
  readonly accountsTable?: string;
  /** `arm64` if not given, which costs a fifth less than `x86_64`. The code is the same for both. */
  readonly architecture?: Processor;
  /**
   * Whether functions and the state machine send traces to X-Ray; false if not given. API Gateway's HTTP API does not
   * take part in traces, so they show functions alone, and the logs show those too (`docs/cost.md` has the price).
   */
  readonly tracing?: boolean;
  /** Not given: a deploy sends all requests to the new release at once. */
  readonly canary?: CanaryProps;
  /**
   * True for a stack that may be lost: table, keys, secrets and logs are deleted with it, the table is not protected,
   * and no concurrency is reserved. Never for people's accounts. False if not given.
   */
  readonly trial?: boolean;
};
