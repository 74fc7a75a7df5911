import { secondStepIsOn, type Account } from "../account/account.ts";
import { recentActivity } from "../account/activity.ts";

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
  phones: {
    active: secondStepIsOn(account),
    numbers: account.phones.map(({ id, masked, confirmedAt }) => ({
      id,
      masked,
      confirmedAt: time(confirmedAt),
    })),
  },
  recoveryCodes: {
    left: account.recoveryCodes?.left.length ?? 0,
    createdAt: account.recoveryCodes ? time(account.recoveryCodes.createdAt) : null,
  },
  recentActivity: recentActivity(account).map(({ at, event, ip, device, times, method }) => ({
    at: time(at),
    event,
    ip,
    device,
    ...(times !== undefined && { times }),
    ...(method !== undefined && { method }),
  })),
});

const time = (instant: number) => new Date(instant).toISOString();
