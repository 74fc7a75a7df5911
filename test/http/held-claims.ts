import type { Aftermath } from "./held-invariants.ts";
import { newMail } from "./held-requests.ts";

type Claim = {
  readonly holds: (after: Aftermath, body: { readonly id?: string } | undefined) => boolean;
  /** Requests that may have made it untrue again. */
  readonly unless: readonly string[];
};

/** What a success says of the account. */
export const claims: Readonly<Record<string, Claim>> = {
  confirmTotp: {
    holds: ({ account, cast: { subject } }) =>
      account.authenticators.some(({ id }) => id === subject.unconfirmedApp.id),
    unless: ["resetAccount", "removeTotp"],
  },
  removeTotp: {
    holds: ({ account, cast: { subject } }) =>
      !account.authenticators.some(({ id }) => id === subject.app.id),
    unless: ["confirmTotp"],
  },
  enrolTotp: {
    holds: ({ account }, body) => account.totpEnrolment?.id === body?.id,
    unless: ["enrolTotp", "confirmTotp", "resetAccount"],
  },
  confirmTelegramLink: {
    holds: ({ account: { telegram }, before }) =>
      telegram.accounts.length > before.account.telegram.accounts.length,
    unless: ["unlinkTelegram", "resetAccount"],
  },
  unlinkTelegram: {
    holds: ({ account, cast: { subject } }) =>
      !account.telegram.accounts.some(({ id }) => id === subject.telegramId),
    unless: [],
  },
  switchTelegram: {
    holds: ({ account }) => !account.telegram.enabled,
    unless: ["confirmTelegramLink"],
  },
  beginTelegramLink: {
    holds: ({ account }, body) => account.telegram.link?.id === body?.id,
    unless: ["beginTelegramLink", "confirmTelegramLink", "resetAccount"],
  },
  addPhone: {
    holds: ({ account }, body) => account.phoneEnrolment?.id === body?.id,
    unless: ["addPhone", "confirmPhone", "resetAccount"],
  },
  confirmPhone: {
    holds: ({ account, cast: { subject } }) =>
      account.phones.some(({ id }) => id === subject.enrolmentId),
    unless: ["resetAccount"],
  },
  removePhone: {
    holds: ({ account, cast: { subject } }) =>
      !account.phones.some(({ id }) => id === subject.phoneId),
    unless: [],
  },
  createRecoveryCodes: {
    holds: ({ account, before }) =>
      account.recoveryCodes !== null &&
      account.recoveryCodes.createdAt !== before.account.recoveryCodes?.createdAt,
    unless: ["resetAccount"],
  },
  changePassword: {
    holds: ({ account, before }) => account.password !== before.account.password,
    unless: [],
  },
  putAccount: {
    holds: ({ account, before }) => account.password !== before.account.password,
    unless: [],
  },
  "putAccount as it is": {
    holds: ({ account, before }) => account.email === before.account.email,
    unless: ["putAccount"],
  },
  "putAccount with another mail": {
    holds: ({ account }) => account.email === newMail,
    unless: ["putAccount"],
  },
  "putAccount of a rival for the new mail": {
    holds: ({ rival }) => rival?.email === newMail,
    unless: [],
  },
  "putAccount of a rival for the old mail": {
    holds: ({ rival, before }) => rival?.email === before.account.email,
    unless: [],
  },
  resetAccount: {
    holds: ({ account }) =>
      account.authenticators.length + account.telegram.accounts.length + account.phones.length ===
      0,
    unless: ["confirmTotp", "confirmTelegramLink", "confirmPhone"],
  },
};
