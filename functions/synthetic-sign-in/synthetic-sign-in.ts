import { faultFields, type Log } from "../../lib/log/log.ts";
import { failure } from "../../lib/log/measure.ts";
import { signInAndOut, type SyntheticAccount } from "./sign-in-and-out.ts";
import type { Visitor } from "./visitor.ts";

export type SyntheticSignInDeps = {
  readonly account: SyntheticAccount;
  /** A browser without cookies. */
  readonly visitor: () => Visitor;
  readonly now: () => number;
  readonly log: Log;
};

/**
 * Runs on a schedule, and measures whether the sign-in worked and how long it took. It never throws: Lambda would run
 * it again at once, and a run that fails is what it is there to tell.
 */
export const syntheticSignIn =
  ({ account, visitor, now, log }: SyntheticSignInDeps) =>
  async (): Promise<void> => {
    try {
      const outcome = await signInAndOut(account, visitor(), now);
      switch (outcome.kind) {
        case "run_twice":
          return;
        case "failed":
          log.measure(failure("SyntheticSignInFailed", true, {}));
          log.error("synthetic_sign_in_failed", { step: outcome.at, status: outcome.status });
          return;
        case "prepared":
          log.measure(failure("SyntheticSignInFailed", false, {}));
          log.info("synthetic_sign_in_prepared", {});
          return;
        case "signed_in":
          log.measure(failure("SyntheticSignInFailed", false, {}));
          log.measure({
            name: "SyntheticSignInTime",
            value: outcome.seconds,
            unit: "Seconds",
            dimensions: {},
          });
      }
    } catch (fault) {
      log.measure(failure("SyntheticSignInFailed", true, {}));
      log.error("synthetic_sign_in_failed", faultFields(fault));
    }
  };
