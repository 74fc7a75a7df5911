import type { Contract, Credential } from "../../lib/contract/contract.ts";

type Cookie = "session" | "challenge";

/** Routes that read the session cookie although they do not need it. */
const alsoReadsSession: readonly string[] = [
  // The sign-in ends the session that it replaces. If that session is of another account, the person is asked first.
  "signIn",
  "openChallenge",
  "openSession",
  "answerTotp",
  "answerPhoneCode",
  "answerRecoveryCode",
  "completeChallenge",
  "signOut",
];

/**
 * The credentials of a route as OpenAPI's alternatives. One alternative is enough; a caller needs all schemes in it.
 */
export const securityOf = ({ operation, credential }: Contract): object[] => {
  const needed = schemesOf(credential);
  return alsoReadsSession.includes(operation) ? [needed, { ...needed, session: [] }] : [needed];
};

const schemesOf = (credential: Credential): Record<string, readonly string[]> => {
  switch (credential) {
    case "none":
      return {};
    case "challenge":
      return { challenge: [] };
    case "session":
    case "fresh_session":
      return { session: [] };
    case "host":
      return { host: [] };
  }
};

const signsIn = { sets: ["session"], header: "SessionCookie" } as const;
const opens = { sets: ["session", "challenge"], header: "SessionOrChallengeCookie" } as const;
const clears = { sets: ["session", "challenge"], header: "ClearedCookies" } as const;

type Setting = { readonly sets: readonly Cookie[]; readonly header: keyof typeof cookieHeaders };

const settings: Readonly<Record<string, Setting>> = {
  signIn: opens,
  openSession: opens,
  reauthenticate: opens,
  openChallenge: { sets: ["challenge"], header: "ChallengeCookie" },
  answerTotp: signsIn,
  answerPhoneCode: signsIn,
  answerRecoveryCode: signsIn,
  completeChallenge: signsIn,
  signOut: clears,
  endSession: clears,
};

/** The cookies that a success of this route may set or clear. */
export const cookiesSetBy = (operation: string): string[] =>
  (settings[operation]?.sets ?? []).map((cookie) => `__Host-${cookie}`);

/** The `Set-Cookie` header of a success of this route; undefined if it sets no cookie. */
export const cookieHeaderOf = (operation: string): object | undefined => {
  const header = settings[operation]?.header;
  return header && { "Set-Cookie": { $ref: `#/components/headers/${header}` } };
};

const attributes = "Path=/; HttpOnly; Secure; SameSite=Lax";
const session = `__Host-session=acc_1.sess_9.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T; ${attributes}; Max-Age=43200`;
const challenge = `__Host-challenge=acc_1.chal_7Vt0.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T; ${attributes}; Max-Age=600`;

const header = (description: string, example: string) => ({
  description,
  schema: { type: "string" },
  example,
});

/** The part of `components.headers` for cookies. */
export const cookieHeaders = {
  SessionCookie: header(
    "`__Host-session`, for the browser that is signed in from here on",
    session,
  ),
  ChallengeCookie: header("`__Host-challenge`, for the browser of this second step", challenge),
  SessionOrChallengeCookie: header(
    "`__Host-challenge` where the answer is `second_step`, `__Host-session` otherwise; never both",
    challenge,
  ),
  ClearedCookies: header(
    "Both cookies, each in a header of its own, where this browser's own session ended",
    `__Host-session=; ${attributes}; Max-Age=0`,
  ),
} as const;
