import type { Random } from "../crypto/random.ts";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type AccountId = Branded<"AccountId">;
export type ChallengeId = Branded<"ChallengeId">;
export type SessionId = Branded<"SessionId">;
/** A host's word that its user is signed in. */
export type SessionTicketId = Branded<"SessionTicketId">;
export type AuthenticatorId = Branded<"AuthenticatorId">;
/** Our own id of a linked Telegram account. */
export type TelegramAccountId = Branded<"TelegramAccountId">;
/** A phone number, confirmed or being confirmed. */
export type PhoneId = Branded<"PhoneId">;
/** An attempt to link a Telegram account. */
export type TelegramLinkId = Branded<"TelegramLinkId">;

/** Milliseconds since 1970. Decisions get the time as a value; only `functions/<name>/index.ts` reads a clock. */
export type Instant = number;

/**
 * The alphabet of the ids that we make. It contains no character that has a meaning in keys, cookies, headers or paths (`#`, `.`,
 * `|`, `/`, `%`). So no id can be read as two ids, or address another item.
 */
export const idForm = /^[A-Za-z0-9_-]{1,64}$/;

const wellFormed = (text: string | undefined): text is string =>
  text !== undefined && idForm.test(text);

/**
 * The ids of accounts are the host's own: `auth0|123`, `user:1`, a mail. They contain no character that has a meaning in
 * our keys or in a cookie (`#`, `;`, `,`, blanks), and none that a path would need to have decoded twice (`/`, `%`).
 * They come first in tokens and in names of seals, so that the parts after them are found from the end.
 */
export const accountIdForm = /^[A-Za-z0-9._~:@|+-]{1,128}$/;

/** A path's dot segments are no ids: clients remove them before they send the request [RFC 3986 §5.2.4]. */
const dotSegments: readonly string[] = [".", ".."];

export const parseAccountId = (text: string | undefined): AccountId | undefined =>
  text !== undefined && accountIdForm.test(text) && !dotSegments.includes(text)
    ? (text as AccountId)
    : undefined;

export const parseChallengeId = (text: string | undefined): ChallengeId | undefined =>
  wellFormed(text) ? (text as ChallengeId) : undefined;

export const parseSessionId = (text: string | undefined): SessionId | undefined =>
  wellFormed(text) ? (text as SessionId) : undefined;

export const parseSessionTicketId = (text: string | undefined): SessionTicketId | undefined =>
  wellFormed(text) ? (text as SessionTicketId) : undefined;

export const parseAuthenticatorId = (text: string | undefined): AuthenticatorId | undefined =>
  wellFormed(text) ? (text as AuthenticatorId) : undefined;

export const parseTelegramAccountId = (text: string | undefined): TelegramAccountId | undefined =>
  wellFormed(text) ? (text as TelegramAccountId) : undefined;

export const parseTelegramLinkId = (text: string | undefined): TelegramLinkId | undefined =>
  wellFormed(text) ? (text as TelegramLinkId) : undefined;

export const parsePhoneId = (text: string | undefined): PhoneId | undefined =>
  wellFormed(text) ? (text as PhoneId) : undefined;

type Randomness = { readonly random: Random };

/** A new id: a word that says what it names, then 128 random bits. */
const make = (word: string, { random }: Randomness): string =>
  `${word}_${random(16).toString("base64url")}`;

export const newChallengeId = (from: Randomness): ChallengeId => make("chal", from) as ChallengeId;
export const newSessionId = (from: Randomness): SessionId => make("sess", from) as SessionId;
export const newSessionTicketId = (from: Randomness): SessionTicketId =>
  make("tick", from) as SessionTicketId;
export const newAuthenticatorId = (from: Randomness): AuthenticatorId =>
  make("auth", from) as AuthenticatorId;
export const newTelegramAccountId = (from: Randomness): TelegramAccountId =>
  make("tg", from) as TelegramAccountId;
export const newTelegramLinkId = (from: Randomness): TelegramLinkId =>
  make("link", from) as TelegramLinkId;
export const newPhoneId = (from: Randomness): PhoneId => make("phone", from) as PhoneId;
