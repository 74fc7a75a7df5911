import {
  judgePassword,
  type PasswordFault,
  type PasswordOwner,
} from "../sessions/judge-password.ts";
import { problem, type Problem } from "./problem.ts";

/** The text for each fault. It never contains the password or the words that the password was compared with. */
export const passwordFaults: Readonly<Record<PasswordFault, string>> = {
  looks_like_hash: "looks like the stored hash of a password; send the password itself",
  repeated: "must not be one character repeated",
  contains_service_name: "must have more in it than the service's name, digits and punctuation",
  contains_mail: "must have more in it than parts of the account's mail, digits and punctuation",
  too_common: "is one of the most common passwords, which are guessed first",
  sequence: "must not be a plain run of neighbouring characters",
};

/**
 * Returns the problem for a new password that is not allowed; undefined: it is allowed. Call it before anything is
 * changed. Only functions that set passwords import this file, because it loads the list of common passwords.
 */
export const refusePassword = (
  password: string,
  owner: PasswordOwner,
): Problem<"invalid_request"> | undefined => {
  const reason = judgePassword(password, owner);
  return (
    reason &&
    problem("invalid_request", {
      errors: [{ pointer: "/password", detail: passwordFaults[reason], reason }],
    })
  );
};
