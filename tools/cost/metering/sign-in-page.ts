import { readChallenge } from "../../../lib/contract/challenge.ts";
import type { MeteredService } from "./metered-service.ts";
import { good, type Person } from "./people.ts";

// This file imports the module by its address, because the module has browser types and this file does not.
const watcher = new URL("../../../web/client/watch-challenge.ts", import.meta.url).href;
const { pause, quietMs } = (await import(watcher)) as {
  readonly pause: (asked: number) => number;
  readonly quietMs: (challenge: { readonly methods: object }) => number;
};

/** The pause in whole milliseconds, as timers have it. */
const pauseMs = (asked: number): number => Math.round(pause(asked));

export type SignInPage = Awaited<ReturnType<typeof openSignInPage>>;

/**
 * Makes the requests of the sign-in page. It reads the challenge when it opens, reads the time when a second step
 * begins, and polls the challenge at the page's own pace until the person sends an answer.
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
    /** Lets time pass at the page. Returns early if the challenge ends. */
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
    /** Polls at once and then at the fast pace again, because the person has just done something. */
    async hurry(): Promise<void> {
      asked = 0;
      await ask();
    },
    post: async (path: string, body?: unknown) => good(await browser.post(path, body)),
  };
};

/** How often the page polls in `seconds` while the person may tap or get a call. */
export const asksWithin = (seconds: number): number => {
  let asked = 0;
  for (let at = pauseMs(0); at <= seconds * 1000; at += pauseMs(asked)) asked += 1;
  return asked;
};
