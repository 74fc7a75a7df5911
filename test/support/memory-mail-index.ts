import type { MailClaim, MailIndex } from "../../lib/account/mail-index.ts";

/** A mail index in memory, see `MailIndex`. */
export const memoryMailIndex = (): MailIndex => {
  const claims = new Map<string, MailClaim>();
  return {
    async find(mailKey) {
      await Promise.resolve();
      return claims.get(mailKey);
    },
    async claim(mailKey, claim, instead) {
      await Promise.resolve();
      const present = claims.get(mailKey);
      const mayClaim =
        !present ||
        present.accountId === claim.accountId ||
        (present.accountId === instead?.accountId && present.claimedAt === instead.claimedAt);
      if (mayClaim) claims.set(mailKey, claim);
      return mayClaim;
    },
    async release(mailKey, { accountId, claimedAt }) {
      await Promise.resolve();
      const present = claims.get(mailKey);
      if (present?.accountId === accountId && present.claimedAt === claimedAt) {
        claims.delete(mailKey);
      }
    },
  };
};
