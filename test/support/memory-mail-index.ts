import type { MailClaim, MailIndex } from "../../lib/account/mail-index.ts";

/** A mail index in memory; see `MailIndex`. */
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
        !present || present.accountId === claim.accountId || present.nonce === instead?.nonce;
      if (mayClaim) claims.set(mailKey, claim);
      return mayClaim;
    },
    async release(mailKey, { nonce }) {
      await Promise.resolve();
      if (claims.get(mailKey)?.nonce === nonce) claims.delete(mailKey);
    },
  };
};
