import type { Browser } from "../../../test/support/service-browser.ts";
import { people } from "../assumptions.ts";
import type { MeteredService } from "./metered-service.ts";
import { good, type Factors, type Person } from "./people.ts";

/** Other requests to the service, besides sign-ins. */
export type Requests = {
  readonly name: string;
  readonly who: Factors;
  /**
   * The number of requests that `go` makes. The count is divided by it, because similar requests may differ in cost.
   */
  readonly times: number;
  readonly go: (service: MeteredService, browser: Browser, person: Person) => Promise<void>;
};

const checks = 10;

export const otherRequests = {
  check: {
    name: "session check",
    who: { app: true },
    times: checks,
    async go(service, browser) {
      // Every few minutes one of these checks writes that the session was used.
      for (let check = 0; check < checks; check += 1) {
        await service.advance(people.secondsBetweenChecks);
        good(await browser.get("/v1/session"));
      }
    },
  },
  security: {
    name: "security tab",
    who: { app: true, chats: 1, phone: true },
    times: 1,
    async go(_, browser) {
      good(await browser.get("/v1/security"));
    },
  },
  wrongPassword: {
    name: "wrong password",
    who: { app: true },
    times: 1,
    async go(_, browser, { email }) {
      const { code } = await browser.post("/v1/sign-in", { email, password: "not the password" });
      if (code !== "invalid_credentials") throw new Error("It should be wrong.");
    },
  },
} as const satisfies Record<string, Requests>;

export type OtherRequest = keyof typeof otherRequests;
