import type { Client, SecurityView } from "../client.ts";
import type { Task } from "./flow.ts";

/**
 * Makes ten new codes. The tab shows them even if it cannot read the account, because the service never tells them
 * again.
 */
export const replaceCodes: Task = async (client) => {
  const outcome = await client.createRecoveryCodes();
  if (outcome.kind !== "done") return { flow: { kind: "codes", step: "plan" }, problem: outcome };
  return {
    flow: { kind: "codes", step: "show", codes: outcome.value.codes },
    ...(await viewNow(client)),
  };
};

export const changePassword =
  (password: string): Task =>
  async (client) => {
    const outcome = await client.changePassword({ body: { password } });
    if (outcome.kind !== "done") {
      return { flow: { kind: "password", step: "new" }, problem: outcome };
    }
    return { flow: undefined, news: "password", ...(await viewNow(client)) };
  };

/** Reads the account after a change whose answer does not contain it. */
async function viewNow(client: Pick<Client, "readSecurity">): Promise<{ view?: SecurityView }> {
  const read = await client.readSecurity();
  return read.kind === "done" ? { view: read.value } : {};
}
