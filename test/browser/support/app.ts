import { totpCode, wrongCodes } from "../../support/service-totp.ts";
import { advance, stackTime } from "../../local/support/stack.ts";

const stepMs = 30_000;

/** An authenticator app. */
export type App = {
  /** A code that has not been asked for before; where the next one is too far off, the stack's clock is moved to it. */
  readonly code: () => Promise<string>;
  /** Codes that no clock explains. */
  readonly wrong: (count: number) => Promise<string[]>;
  /** What it showed so long ago, or will show. */
  readonly codeAt: (offsetSeconds: number) => Promise<string>;
};

export function anApp(url: string, secret: string): App {
  let last = 0;
  return {
    code: async () => {
      const now = Math.floor((await stackTime(url)) / stepMs);
      last = Math.max(last + 1, now);
      // The service takes the code of the next half minute too.
      if (last > now + 1) await advance(url, (last - now - 1) * (stepMs / 1000));
      return totpCode(secret, last * stepMs);
    },
    wrong: async (count) => wrongCodes(secret, await stackTime(url), count),
    codeAt: async (offsetSeconds) =>
      totpCode(secret, (await stackTime(url)) + offsetSeconds * 1000),
  };
}
