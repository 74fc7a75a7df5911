/**
 * Every number that a deployer may want to change, with the value that the service is designed for. Durations are in
 * seconds. Sources: NIST SP 800-63B-4, OWASP ASVS 5.0, RFC 4226, RFC 6238.
 */
export const defaultLimits = {
  challenge: {
    /** How long a challenge lives, whatever is asked again [NIST §3.1.3.2, ASVS 6.5.5]. */
    lifeSeconds: 600,
    /** Open challenges of an account; one more cancels the oldest. */
    open: 3,
    /** New challenges of an account within an hour: by mail and password, of live sessions, and by the host. */
    perHour: 15,
    reauthenticationsPerHour: 15,
    hostPerHour: 30,
    /** Wrong codes until a challenge is locked. */
    guesses: 5,
    /** How long the same Idempotency-Key gets the same session again. */
    repeatSeconds: 60,
  },
  guesses: {
    /** Consecutive wrong codes of an account until pauses begin: the last of these brings the first one. */
    free: 5,
    firstPauseSeconds: 30,
    longestPauseSeconds: 3600,
    /** Consecutive wrong codes after which codes are off until another way succeeds [NIST §3.2.2]. */
    codesOff: 100,
    /** Wrong recovery codes within `recoveryWindowSeconds` until they are off. */
    recovery: 5,
    recoveryWindowSeconds: 86_400,
    /** Wrong codes within `suspectSeconds`, whatever succeeds in between, that are told to the owner. */
    suspect: 20,
    suspectSeconds: 2_592_000,
  },
  passwords: {
    /** Wrong passwords of one mail from one address until pauses begin. */
    free: 5,
    firstPauseSeconds: 30,
    longestPauseSeconds: 3600,
    /** Tries from one address, over all mails, in one window. */
    perAddress: 100,
    addressWindowSeconds: 600,
    /** How long the last wrong password is remembered. */
    rememberSeconds: 86_400,
  },
  session: {
    idleSeconds: 1800,
    absoluteSeconds: 43_200,
    /** `lastSeenAt` is written at most this often. */
    touchSeconds: 300,
    /** How old the last full authentication may be for a change of the methods. */
    freshSeconds: 600,
    /** Live sessions of an account; one more ends the oldest. */
    live: 20,
  },
  totp: {
    authenticators: 5,
    enrolmentLifeSeconds: 600,
    /** How far the clock of a phone may be off to be explained, in steps of 30 s. */
    driftHintSteps: 10,
  },
  telegram: {
    accounts: 5,
    linkLifeSeconds: 600,
    /** Between two requests of one challenge. */
    promptAgainSeconds: 30,
    /** Requests of an account without a success in between: so many in `fewSeconds`, so many in an hour. */
    fewPrompts: 3,
    fewSeconds: 600,
    promptsPerHour: 10,
    /** Denials in a row after which nothing is asked for `denialPauseSeconds`. */
    denials: 2,
    denialPauseSeconds: 900,
    /** How long a sender may take to send; then another may. */
    sendSeconds: 20,
  },
  phones: { numbers: 5, enrolmentLifeSeconds: 600 },
  fallback: {
    calls: 3,
    sms: 2,
    /** How soon another call, or the SMS instead of it, may be asked for. */
    callAgainSeconds: 20,
    smsAgainSeconds: 60,
    /** After which the next attempt comes by itself: the timeouts of the state machine's tasks. */
    callGapSeconds: 40,
    smsGapSeconds: 180,
    callCodeSeconds: 180,
    smsCodeSeconds: 300,
    /** Wrong codes of calls within `callWindowSeconds` until calls are off: four digits are only 13 bits. */
    wrongCallCodes: 5,
    callWindowSeconds: 86_400,
  },
  sends: {
    /** Of a number, and of an account, in half an hour and in a day. */
    calls: 5,
    sms: 2,
    halfHourSeconds: 1800,
    /** To a number that is being confirmed, over all accounts, in a day. */
    enrolmentsPerDay: 5,
    callsPerDay: 10,
    smsPerDay: 5,
    /** From one address in an hour. */
    perAddress: 20,
    /** Millionths of a US dollar a day. */
    moneyPerCountry: 50_000_000,
    money: 200_000_000,
  },
  recoveryCodes: { count: 10 },
  /** Of sign-ins, and as many of changes. */
  activityEntries: 20,
} as const satisfies LimitsShape;

type LimitsShape = Record<string, number | Record<string, number>>;
type Numbers<T> = { readonly [K in keyof T]: T[K] extends number ? number : Numbers<T[K]> };

/** The numbers that decisions are made with. */
export type Limits = Numbers<typeof defaultLimits>;
