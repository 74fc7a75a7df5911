import * as z from "zod/mini";
import { generateSync } from "otplib/functional";
import { syntheticAccount } from "../../lib/settings/synthetic-account.ts";
import type { Credentials } from "./credentials.ts";
import type { Reply, Visitor } from "./visitor.ts";

/** What stands for the account, and how to change it. */
export type SyntheticAccount = {
  /** Undefined at the first run. */
  readonly read: () => Promise<Credentials | undefined>;
  readonly write: (credentials: Credentials) => Promise<void>;
  readonly newPassword: () => string;
  /** Creates the account, or gives it this password. */
  readonly put: (password: string) => Promise<Reply>;
  /** Takes all factors away. */
  readonly reset: () => Promise<Reply>;
};

export type Outcome =
  | { readonly kind: "signed_in"; readonly seconds: number }
  /** The account is ready for the next run: it was made, or its authenticator was enrolled. */
  | { readonly kind: "prepared" }
  /** Another run has used this code: runs may come twice. */
  | { readonly kind: "run_twice" }
  | { readonly kind: "failed"; readonly at: Step; readonly status: number };

type Step = "account" | "password" | "enrolment" | "second_step" | "session" | "sign_out";

const Answer = z.object({ status: z.enum(["signed_in", "second_step"]) });
const Enrolment = z.object({ id: z.string(), secret: z.string() });
const Problem = z.catch(z.object({ code: z.optional(z.string()) }), {});

/**
 * Signs in with a password and a code of an authenticator, reads the session and signs out, as a person does it.
 *
 * It makes its credentials itself, and keeps each before the service has it, so that a run that broke off anywhere
 * leaves something from which the next one goes on. Where its own credentials are refused, this run has failed, and it
 * sets them anew by what a host may do, so it cannot lock itself out.
 *
 * @param now milliseconds, asked again where time has passed.
 */
export async function signInAndOut(
  account: SyntheticAccount,
  visitor: Visitor,
  now: () => number,
): Promise<Outcome> {
  const kept = await account.read();
  const credentials = kept ?? { password: account.newPassword() };
  if (!kept) {
    await account.write(credentials);
    const made = await account.put(credentials.password);
    if (made.status >= 300) return failed("account", made);
    // The account was there already, with an authenticator whose secret is lost.
    if (made.status === 200) await account.reset();
  }

  const began = now();
  const { email } = syntheticAccount;
  const first = await visitor.send("POST", "/v1/sign-in", {
    email,
    password: credentials.password,
  });
  if (first.status !== 200) {
    if (first.status === 401) await account.put(credentials.password);
    return failed("password", first);
  }
  const { status } = Answer.parse(first.body);
  if (status === "signed_in") return enrol(account, credentials, visitor, now);
  if (credentials.totp === undefined) {
    await account.reset();
    return failed("second_step", first);
  }

  const second = await visitor.send("POST", "/v1/challenge/totp", {
    code: codeOf(credentials.totp, now()),
  });
  if (second.status !== 200) {
    const { code } = Problem.parse(second.body);
    await visitor.send("DELETE", "/v1/challenge");
    if (code === "code_already_used") return { kind: "run_twice" };
    if (code === "wrong_code") await account.reset();
    return failed("second_step", second);
  }
  const session = await visitor.send("GET", "/v1/session");
  if (session.status !== 200) return failed("session", session);
  const out = await visitor.send("POST", "/v1/sign-out");
  if (out.status !== 204) return failed("sign_out", out);
  return { kind: "signed_in", seconds: (now() - began) / 1000 };
}

/** The secret is kept before the code confirms it: the service shows it once. */
const enrol = async (
  account: SyntheticAccount,
  { password }: Credentials,
  visitor: Visitor,
  now: () => number,
): Promise<Outcome> => {
  const begun = await visitor.send("POST", "/v1/totp", { name: "Synthetic sign-in" });
  if (begun.status !== 201) return failed("enrolment", begun);
  const { id, secret } = Enrolment.parse(begun.body);
  await account.write({ password, totp: secret });
  const confirmed = await visitor.send("POST", `/v1/totp/${id}/confirm`, {
    code: codeOf(secret, now()),
  });
  if (confirmed.status !== 200) return failed("enrolment", confirmed);
  const out = await visitor.send("POST", "/v1/sign-out");
  return out.status === 204 ? { kind: "prepared" } : failed("sign_out", out);
};

const failed = (at: Step, { status }: Reply): Outcome => ({ kind: "failed", at, status });

const codeOf = (secret: string, now: number): string =>
  generateSync({
    strategy: "totp",
    secret,
    epoch: Math.floor(now / 1000),
    period: 30,
    digits: 6,
    algorithm: "sha1",
  });
