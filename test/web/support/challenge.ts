import type { Challenge } from "../../../web/client.ts";

export const noon = Date.parse("2026-11-24T12:00:00.000Z");
export const inSeconds = (seconds: number): string => new Date(noon + seconds * 1000).toISOString();

export const telegram: Challenge["methods"]["telegram"] = {
  number: "47",
  resendAt: inSeconds(30),
  accounts: [{ id: "tg_1", name: "Ann (@ann)", state: "asking" }],
};

export const phone: NonNullable<Challenge["methods"]["phone"]> = {
  numbers: [
    { id: "phone_1", masked: "+380 ** *** ** 42" },
    { id: "phone_2", masked: "+420 *** *** *56" },
  ],
  sent: null,
};

/** A pending challenge of a sign-in with every method. */
export const aChallenge = (given: Partial<Challenge> = {}): Challenge => ({
  id: "chal_1",
  purpose: "sign_in",
  status: "pending",
  expiresAt: inSeconds(600),
  attemptsLeft: 5,
  account: { email: "ann@example.com" },
  methods: { telegram, totp: { digits: 6 }, phone, recoveryCode: { left: 10 } },
  ...given,
});
