import { readChallenge } from "../../../lib/contract/challenge.ts";
import type { MeteredService } from "./metered-service.ts";
import { good, type Person } from "./people.ts";

// Imported by its address: it is typed for browsers, this file is not.
const watcher = new URL("../../../web/client/watch-challenge.ts", import.meta.url).href;
const { pause, quietMs } = (await import(watcher)) as {
  readonly pause: (asked: number) => number;
  readonly quietMs: (challenge: { readonly methods: object }) => number;
};

/** Whole milliseconds, as timers have them. */
const pauseMs = (asked: number): number => Math.round(pause(asked));

export type SignInPage = Awaited<ReturnType<typeof openSignInPage>>;

/**
 * What the sign-in page asks for: what it is in the middle of when it opens, the time when a second step begins, and
 * news of the challenge at its own pace until an answer is sent.
 */
export const openSignInPage = async (service: MeteredService) => {
  const browser = service.browser();
  await browser.get("/v1/challenge");
  let asked = 0;
  let sinceAsked = 0;
  let quiet = 0;

  const ask = async (): Promise<"pending" | "over"> => {
    const reply = good(await browser.get("/v1/challenge"));
    asked += 1;
    sinceAsked = 0;
    const challenge = readChallenge.answers[200].parse(reply.body);
    const { status } = challenge;
    quiet = quietMs(challenge);
    return status === "pending" ? "pending" : "over";
  };
  return {
    browser,
    signIn: async ({ email, password }: Person) =>
      good(await browser.post("/v1/sign-in", { email, password })),
    beginSecondStep: async () => void good(await browser.get("/v1/time")),
    /** Lets time pass at the page; it ends early where the challenge does. */
    async pass(seconds: number): Promise<void> {
      await service.settled();
      for (let left = seconds * 1000; left > 0;) {
        const wait = Math.max(pauseMs(asked), quiet) - sinceAsked;
        const step = Math.min(wait, left);
        await service.advance(step / 1000);
        left -= step;
        sinceAsked += step;
        if (step === wait && (await ask()) === "over") return;
      }
    },
    /** Asks at once and then fast again: something has just been done. */
    async hurry(): Promise<void> {
      asked = 0;
      await ask();
    },
    post: async (path: string, body?: unknown) => good(await browser.post(path, body)),
  };
};

/** How often the page asks while somebody takes so long, and may be tapping or called. */
export const asksWithin = (seconds: number): number => {
  let asked = 0;
  for (let at = pauseMs(0); at <= seconds * 1000; at += pauseMs(asked)) asked += 1;
  return asked;
};
