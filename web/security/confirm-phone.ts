import type { Enrolment } from "../client.ts";
import { findConfirmed, isGone } from "./enrol-totp.ts";
import type { Flow, Task } from "./flow.ts";

const expired: Flow = { kind: "phone", step: "expired" };
const codeStep = (enrolment: Enrolment): Flow => ({ kind: "phone", step: "code", enrolment });

/** Begins to enrol a number. The service calls it at once. */
export const addPhone =
  (number: string): Task =>
  async (client) => {
    const outcome = await client.addPhone({ body: { number } });
    return outcome.kind === "done"
      ? { flow: codeStep(outcome.value) }
      : { flow: { kind: "phone", step: "number" }, problem: outcome };
  };

/**
 * Asks for the next attempt, a call or an SMS, because the code did not arrive. The service may have made that attempt
 * by itself without telling this page. Then this request comes too early, and only the wait begins again.
 */
export const callAgain =
  (enrolment: Enrolment, now: number): Task =>
  async (client) => {
    const outcome = await client.callPhone({ id: enrolment.id });
    if (outcome.kind === "done") return { flow: codeStep(outcome.value) };
    if (isGone(outcome)) return { flow: expired };
    const { sent } = enrolment;
    if (sent && outcome.kind === "no_way_left") {
      // The last code is still valid, so its step stays.
      return { flow: codeStep({ ...enrolment, sent: { ...sent, next: null } }) };
    }
    if (sent?.next && outcome.kind === "too_early" && outcome.retryAfter !== undefined) {
      const availableAt = new Date(now + outcome.retryAfter * 1000).toISOString();
      return {
        flow: codeStep({ ...enrolment, sent: { ...sent, next: { ...sent.next, availableAt } } }),
      };
    }
    return { flow: codeStep(enrolment), problem: outcome };
  };

/** Confirms the number. After the last wrong code the service deletes the enrolment. */
export const confirmPhone =
  (enrolment: Enrolment, code: string): Task =>
  async (client) => {
    const outcome = await client.confirmPhone({ id: enrolment.id, body: { code } });
    if (outcome.kind === "done") return { flow: undefined, view: outcome.value, news: "phone" };
    if (isGone(outcome)) {
      return findConfirmed(client, expired, "phone", ({ phones }) =>
        phones.numbers.some(({ id }) => id === enrolment.id),
      );
    }
    const isLastTry = outcome.kind === "wrong_code" && outcome.attemptsLeft === 0;
    return { flow: isLastTry ? expired : codeStep(enrolment), problem: outcome };
  };
