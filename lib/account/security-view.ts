import { secondStepIsOn, type Account } from "./account.ts";

/** What the Security tab shows. Nothing in it helps to sign in. */
export const securityView = (account: Account) => ({
  secondStep: secondStepIsOn(account),
  passwordKnown: account.passwordKnownAt !== null,
  telegram: {
    enabled: account.telegram.enabled,
    accounts: account.telegram.accounts.map(({ id, name, linkedAt, reachable }) => ({
      id,
      name,
      linkedAt: time(linkedAt),
      reachable,
    })),
  },
  authenticators: account.authenticators.map(({ id, name, enabledAt, lastUsedAt }) => ({
    id,
    name,
    enabledAt: time(enabledAt),
    lastUsedAt: lastUsedAt === null ? null : time(lastUsedAt),
  })),
  recoveryCodes: {
    left: account.recoveryCodes?.left.length ?? 0,
    createdAt: account.recoveryCodes ? time(account.recoveryCodes.createdAt) : null,
  },
  recentActivity: account.activity.map(({ at, event, ip, device }) => ({
    at: time(at),
    event,
    ip,
    device,
  })),
});

const time = (instant: number) => new Date(instant).toISOString();
