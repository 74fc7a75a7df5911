import type { RemovalPolicy } from "aws-cdk-lib";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { CarrierName } from "../../lib/phone/carriers/carriers.ts";
import type { ChangedLimits } from "../../lib/settings/change-limits.ts";
import type { Languages } from "../../lib/settings/languages.ts";

/** Whose instructions the functions are run by. */
export type Processor = "arm64" | "x86_64";

export type TelegramProps = {
  /** The bot's name, without `@`. Its token goes into the secret that the output `TelegramBotTokenSecret` names. */
  readonly botUsername: string;
  /** A Bot API server of one's own; Telegram's if not given. */
  readonly apiRoot?: string;
};

export type PhoneProps = {
  /** ISO codes of the countries whose numbers are called, or `"all"`: calls cost money, and some countries' numbers are there to earn it. */
  readonly countries: readonly string[] | "all";
  /** Who is asked to call, the first one first; uCaller if not given. */
  readonly carriers?: readonly CarrierName[];
  /** Other lists for single countries, by ISO code. */
  readonly carriersByCountry?: Readonly<Record<string, readonly CarrierName[]>>;
  /** The name that an SMS shows as its sender, by ISO code, where one is allowed: up to 11 letters, digits and hyphens. */
  readonly smsSenderIds?: Readonly<Record<string, string>>;
  /** Proxies before the carriers, or the carriers' own addresses if not given. */
  readonly apiRoots?: Partial<Readonly<Record<CarrierName, string>>>;
};

export type DomainProps = {
  readonly name: string;
  /** For `name`: of us-east-1 where the pages are deployed (CloudFront reads it there), else of the stack's own region. */
  readonly certificate: ICertificate;
};

export type PagesProps = {
  /** Bundled pages to serve instead of the project's own panel, in languages of their own; see `bundleWeb`. */
  readonly directory?: string;
  /** A web ACL of scope CLOUDFRONT, made in us-east-1 (`EdgeProtection` makes one with a rate rule). */
  readonly webAclArn?: string;
};

/**
 * What a host decides. Only `allowedOrigins` has no default: a service that any page may call is none.
 */
export type TwostepServiceProps = {
  /** Origins whose pages may call the API from a browser: `https://panel.example.com`. Those of the pages deployed along are added. */
  readonly allowedOrigins: readonly string[];
  /** What people read in authenticator apps, in Telegram and in SMS: 1–64 characters; `Twostep`. */
  readonly serviceName?: string;
  /** Where people reach the service. Without it: the addresses that CloudFront and API Gateway give. Served with TLS 1.2 or newer alone. */
  readonly domain?: DomainProps;
  /** False: no pages, no CloudFront; the host embeds the elements in its own. */
  readonly pages?: PagesProps | false;
  /** The page that takes a host's challenges (`challengeUrl`); the pages deployed along, or `/sign-in` without them. */
  readonly signInUrl?: string;
  /** Not given: nobody is asked in Telegram. */
  readonly telegram?: TelegramProps;
  /** Not given: no phones are called. */
  readonly phones?: PhoneProps;
  /** The numbers of `lib/settings/limits.ts` that are wanted otherwise: lives, guesses, the fallback, budgets. */
  readonly limits?: ChangedLimits;
  /**
   * The languages in which people are spoken to: in Telegram, in SMS, and by the pages deployed along. The first one is for whoever has none
   * of them, and for accounts for which the host names none. An account whose language is not among them keeps it and is spoken to in the
   * first. Elements in pages of one's own follow those pages' `lang`. `["en", "uk", "ru"]`.
   */
  readonly languages?: Languages;
  /** Who hears of alarms; without it they show in the console only. */
  readonly alarmTopic?: ITopic;
  /**
   * Concurrency that is kept for each kind of function, so that a flood of one kind leaves room for the others; true. A new AWS account
   * has 10 in all and lets nobody reserve any: see `docs/deploy.md`.
   */
  readonly bulkheads?: boolean;
  /**
   * The name of a table of accounts that a point-in-time recovery made, to go on with in place of the stack's own, which stays as it
   * is. It must be encrypted with the stack's key, as a recovery makes it: see `docs/runbooks/restore.md`.
   */
  readonly accountsTable?: string;
  /** `arm64`, which costs a fifth less than `x86_64`; the code is the same for both. */
  readonly architecture?: Processor;
  /** What becomes of table, keys, secrets and logs when the stack goes: RETAIN; DESTROY also lifts the table's protection. */
  readonly removalPolicy?: RemovalPolicy;
};
