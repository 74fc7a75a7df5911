import * as z from "zod/mini";
import { Id, Time } from "./fields.ts";

const Via = z.enum(["call", "sms"]);

/** The last call or SMS, and the next one; `next` is null when no call or SMS is left. */
export const Sent = z.object({
  numberId: Id,
  via: Via,
  /**
   * `calling`: it is on its way to the carrier. `sent`: the carrier took it, or may have. `failed`: it did not go out, or
   * no code could belong to it.
   */
  state: z.enum(["calling", "sent", "failed"]),
  attempt: z.int(),
  digits: z.int(),
  next: z.nullable(z.object({ via: Via, availableAt: Time })),
});

export const sentExample = {
  numberId: "phone_4Qw8",
  via: "call",
  state: "sent",
  attempt: 1,
  digits: 4,
  next: { via: "call", availableAt: "2026-11-24T10:00:20.000Z" },
};

export const ChallengeStatus = z.enum([
  "pending",
  "approved",
  "denied",
  "expired",
  "locked",
  "cancelled",
]);

/** What can answer a challenge. */
export const SecondMethod = z.enum(["telegram", "totp", "call", "sms", "recovery_code"]);

export const Challenge = z.object({
  id: Id,
  purpose: z.enum(["sign_in", "reauthentication"]),
  status: ChallengeStatus,
  expiresAt: Time,
  attemptsLeft: z.int(),
  /**
   * The account that signs in, while the challenge can be answered. A challenge that is over tells nothing of the
   * account.
   */
  account: z.optional(z.object({ email: z.string() })),
  /** The host's page that the challenge came from, if a host opened it and while it can be answered. */
  returnTo: z.optional(z.string()),
  /** The methods that the account can use now; empty once the challenge is over. */
  methods: z.object({
    telegram: z.optional(
      z.object({
        number: z.string(),
        resendAt: Time,
        accounts: z.array(
          z.object({
            id: Id,
            name: z.string(),
            state: z.enum(["asking", "asked", "unreachable"]),
          }),
        ),
      }),
    ),
    phone: z.optional(
      z.object({
        numbers: z.array(z.object({ id: Id, masked: z.string() })),
        sent: z.nullable(Sent),
      }),
    ),
    totp: z.optional(z.object({ digits: z.int() })),
    recoveryCode: z.optional(z.object({ left: z.int() })),
  }),
});

export const challengeExample = {
  id: "chal_7Vt0Zt1u0cY2",
  purpose: "sign_in",
  status: "pending",
  expiresAt: "2026-11-24T10:10:00.000Z",
  attemptsLeft: 5,
  account: { email: "ann@example.com" },
  methods: {
    telegram: {
      number: "47",
      resendAt: "2026-11-24T10:00:30.000Z",
      accounts: [{ id: "tg_b2N7", name: "Ann (@ann)", state: "asking" }],
    },
    totp: { digits: 6 },
    phone: {
      numbers: [{ id: "phone_4Qw8", masked: "+380 ** *** ** 42" }],
      sent: sentExample,
    },
    recoveryCode: { left: 10 },
  },
};

export const SecurityView = z.object({
  secondStep: z.boolean(),
  /** Somebody reported a sign-in with the right password as not theirs, and the password is still the same. */
  passwordKnown: z.boolean(),
  telegram: z.object({
    enabled: z.boolean(),
    accounts: z.array(
      z.object({ id: Id, name: z.string(), linkedAt: Time, reachable: z.boolean() }),
    ),
  }),
  authenticators: z.array(
    z.object({ id: Id, name: z.string(), enabledAt: Time, lastUsedAt: z.nullable(Time) }),
  ),
  phones: z.object({
    active: z.boolean(),
    numbers: z.array(z.object({ id: Id, masked: z.string(), confirmedAt: Time })),
  }),
  recoveryCodes: z.object({ left: z.int(), createdAt: z.nullable(Time) }),
  recentActivity: z.array(
    z.object({
      at: Time,
      event: z.string(),
      ip: z.string(),
      device: z.string(),
      /** How often it happened lately, if more than once; `at` is the last time. */
      times: z.optional(z.int()),
      /** The method that completed a sign-in. */
      method: z.optional(z.string()),
    }),
  ),
});

export const securityExample = {
  secondStep: true,
  passwordKnown: false,
  telegram: {
    enabled: true,
    accounts: [
      {
        id: "tg_b2N7",
        name: "Ann (@ann)",
        linkedAt: "2026-11-24T09:58:00.000Z",
        reachable: true,
      },
    ],
  },
  authenticators: [
    { id: "auth_k3J9", name: "Phone", enabledAt: "2026-11-24T10:00:00.000Z", lastUsedAt: null },
  ],
  phones: {
    active: true,
    numbers: [
      {
        id: "phone_4Qw8",
        masked: "+380 ** *** ** 42",
        confirmedAt: "2026-11-24T09:59:00.000Z",
      },
    ],
  },
  recoveryCodes: { left: 10, createdAt: "2026-11-24T10:01:00.000Z" },
  recentActivity: [
    {
      at: "2026-11-24T10:00:00.000Z",
      event: "totp_enabled",
      ip: "203.0.113.7",
      device: "Firefox on Windows",
    },
  ],
};

/** The answer to a right code: a session at sign-in, or the same session with a new token at re-authentication. */
export const Completed = z.object({
  status: z.enum(["signed_in", "reauthenticated"]),
  recoveryCodesLeft: z.optional(z.int()),
  /** Only where a host opened the challenge: the host's back end redeems it once, within a minute. */
  grant: z.optional(z.string()),
  /** The host's page to go to, with the grant in its query. */
  returnTo: z.optional(z.string()),
});

export const completedExample = { status: "signed_in" };

export const SecondStep = z.object({ status: z.literal("second_step"), challenge: Challenge });
