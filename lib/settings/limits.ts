/**
 * Every number that a deployer may want to change, with its default, for which the service is designed. Durations are
 * in seconds. Sources: NIST SP 800-63B-4, OWASP ASVS 5.0, RFC 4226, RFC 6238.
 */
export const defaultLimits = {
  challenge: {
    /** How long a challenge lives. Further prompts, calls and SMS do not extend it [NIST §3.1.3.2, ASVS 6.5.5]. */
    lifeSeconds: 600,
    /** Open challenges of an account, for each kind. One more cancels the oldest. */
    open: 3,
    /** New challenges of an account within an hour: at sign-in, at reauthentication, and by the host. */
    perHour: 15,
    reauthenticationsPerHour: 15,
    hostPerHour: 30,
    /** So many wrong codes lock a challenge. */
    guesses: 5,
    /** How long the same Idempotency-Key gets the same answer again, and how long a host can redeem a grant. */
    repeatSeconds: 60,
  },
  guesses: {
    /** Consecutive wrong codes of an account until pauses begin. The last of these causes the first pause. */
    free: 5,
    firstPauseSeconds: 30,
    longestPauseSeconds: 3600,
    /** After so many consecutive wrong codes, codes are off until the person succeeds in another way [NIST §3.2.2]. */
    codesOff: 100,
    /** So many wrong recovery codes within `recoveryWindowSeconds` switch recovery codes off. */
    recovery: 5,
    recoveryWindowSeconds: 86_400,
    /** The owner is told of so many wrong codes within `suspectSeconds`, even after successes in between. */
    suspect: 20,
    suspectSeconds: 2_592_000,
  },
  passwords: {
    /** Wrong passwords for one mail from one address until pauses begin. */
    free: 5,
    firstPauseSeconds: 30,
    longestPauseSeconds: 3600,
    /** Tries from one address in one window, over all mails; right ones are refunded. */
    perAddress: 100,
    addressWindowSeconds: 600,
    /** How long the last wrong password is remembered. */
    rememberSeconds: 86_400,
  },
  session: {
    idleSeconds: 1800,
    absoluteSeconds: 43_200,
    /** The service writes `lastSeenAt` at most this often. */
    touchSeconds: 300,
    /** How old the last full authentication may be when the person changes the factors. */
    freshSeconds: 600,
    /** Live sessions of an account. One more ends the oldest. */
    live: 20,
    /** The life of a host's ticket for a session, and how many of them an account holds. */
    ticketSeconds: 60,
    tickets: 3,
  },
  totp: {
    authenticators: 5,
    enrolmentLifeSeconds: 600,
    /** How far the clock of a phone may be off for a drift hint, in time steps of 30 s. */
    driftHintSteps: 10,
  },
  telegram: {
    accounts: 5,
    linkLifeSeconds: 600,
    /** Between two prompts of one challenge. */
    promptAgainSeconds: 30,
    /** Prompts of an account since its last success: `fewPrompts` within `fewSeconds`, and `promptsPerHour`. */
    fewPrompts: 3,
    fewSeconds: 600,
    promptsPerHour: 10,
    /** After so many denials in a row, no prompt is sent for `denialPauseSeconds`. */
    denials: 2,
    denialPauseSeconds: 900,
    /** How long a sender may take to send. After that another sender may. */
    sendSeconds: 20,
  },
  phones: { numbers: 5, enrolmentLifeSeconds: 600 },
  fallback: {
    calls: 3,
    sms: 2,
    /** How soon the person may ask for the next attempt: after a call, and after an SMS. */
    callAgainSeconds: 20,
    smsAgainSeconds: 60,
    /** After this time the next attempt comes by itself: the timeouts of the state machine's tasks. */
    callGapSeconds: 40,
    smsGapSeconds: 180,
    callCodeSeconds: 180,
    smsCodeSeconds: 300,
    /** So many wrong codes of calls within `callWindowSeconds` switch calls off: four digits are only 13 bits. */
    wrongCallCodes: 5,
    callWindowSeconds: 86_400,
  },
  sends: {
    /** For each number and for each account: in half an hour, and (`…PerDay`) in a day. */
    calls: 5,
    sms: 2,
    halfHourSeconds: 1800,
    /** Sends to a number that is being confirmed, over all accounts, in a day. */
    enrolmentsPerDay: 5,
    callsPerDay: 10,
    smsPerDay: 5,
    /** Sends that one address asks for in an hour. */
    perAddress: 20,
    /** Millionths of a US dollar a day: for each country, and for the whole service. */
    moneyPerCountry: 50_000_000,
    money: 200_000_000,
  },
  recoveryCodes: { count: 10 },
  /** Entries of sign-ins, and the same number of changes. */
  activityEntries: 20,
} as const satisfies LimitsShape;

type LimitsShape = Record<string, number | Record<string, number>>;
type Numbers<T> = { readonly [K in keyof T]: T[K] extends number ? number : Numbers<T[K]> };

/** The limits that decisions use. */
export type Limits = Numbers<typeof defaultLimits>;
