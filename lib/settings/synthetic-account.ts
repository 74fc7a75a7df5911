/**
 * The account that the synthetic sign-in uses. No host's account may have this id. Nobody else can have the mail: the
 * domain exists nowhere [RFC 2606 §2].
 */
export const syntheticAccount = {
  id: "twostep-synthetic-sign-in",
  email: "synthetic-sign-in@twostep.invalid",
} as const;

/** What is measured of people leaves this account out. */
export const isSynthetic = (id: string | undefined): boolean => id === syntheticAccount.id;
