import type { Client, SecurityView } from "../client.ts";
import type { Flow, Next, Task, TotpEnrolment } from "./flow.ts";

/** Asks the service for a secret. */
export const enrolTotp =
  (name: string): Task =>
  async (client) => {
    const outcome = await client.enrolTotp({ body: { name } });
    return outcome.kind === "done"
      ? { flow: { kind: "totp", step: "scan", enrolment: outcome.value } }
      : { flow: { kind: "totp", step: "name" }, problem: outcome };
  };

/** Confirms the app by its first code. */
export const confirmTotp =
  (enrolment: TotpEnrolment, code: string): Task =>
  async (client) => {
    const outcome = await client.confirmTotp({ id: enrolment.id, body: { code } });
    if (outcome.kind === "done") return { flow: undefined, view: outcome.value, news: "totp" };
    if (isGone(outcome)) {
      return findConfirmed(client, { kind: "totp", step: "expired" }, "totp", (view) =>
        view.authenticators.some(({ id }) => id === enrolment.id),
      );
    }
    return { flow: { kind: "totp", step: "scan", enrolment }, problem: outcome };
  };

/** Whether the enrolment is over: it expired, or somebody confirmed or deleted it. */
export const isGone = ({ kind }: { readonly kind: string }): boolean =>
  kind === "not_found" || kind === "enrolment_expired";

/**
 * Checks whether a missing enrolment was confirmed. The request that confirmed it may have lost its answer. Then the
 * person does not have to begin again.
 */
export async function findConfirmed(
  client: Pick<Client, "readSecurity">,
  otherwise: Flow,
  news: "totp" | "phone",
  isConfirmed: (view: SecurityView) => boolean,
): Promise<Next> {
  const read = await client.readSecurity();
  if (read.kind !== "done") return { flow: otherwise };
  const view = read.value;
  return isConfirmed(view) ? { flow: undefined, view, news } : { flow: otherwise, view };
}
