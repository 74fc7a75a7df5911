import type { Client, Outcome, SecurityView } from "../client.ts";
import type { Flow, Next, Task } from "./flow.ts";

/** A change of an existing factor. The tab asks before it makes the change. */
export type Removal =
  | { readonly area: "telegram"; readonly change: "on" | "off" }
  | {
      readonly area: "telegram";
      readonly change: "unlink";
      readonly ids: Ids;
      readonly name: string;
    }
  | {
      readonly area: "totp" | "phone";
      readonly change: "remove";
      readonly ids: Ids;
      readonly name?: string;
    };

type Ids = readonly string[];

/** Whether the second step is on after this change. It goes off if neither Telegram nor an authenticator is left. */
export function isOnAfter(view: SecurityView, removal: Removal): boolean {
  const { enabled, accounts } = view.telegram;
  const apps = view.authenticators.length;
  switch (removal.change) {
    case "on":
      return true;
    case "off":
      return apps > 0;
    case "unlink":
      return apps > 0 || (enabled && accounts.some(({ id }) => !removal.ids.includes(id)));
    case "remove":
      return removal.area === "phone"
        ? view.secondStep
        : enabled || view.authenticators.some(({ id }) => !removal.ids.includes(id));
  }
}

/** Makes the change. If the factor is already gone, the task only reads the account again. */
export const remove =
  (removal: Removal): Task =>
  async (client) => {
    const asked: Flow = { kind: "removal", step: "ask", removal };
    let next: Next = { flow: undefined };
    for (const request of requests(client, removal)) {
      const answer = await request();
      const outcome = answer.kind === "not_found" ? await client.readSecurity() : answer;
      // Factors that were removed before the refusal stay removed, and the tab shows that.
      if (outcome.kind !== "done") return { ...next, flow: asked, problem: outcome };
      next = { flow: undefined, view: outcome.value };
    }
    return { ...next, news: "changed" };
  };

type Change = () => Promise<Outcome<"switchTelegram"> | Outcome<"unlinkTelegram">>;

const requests = (client: Client, removal: Removal): Change[] => {
  switch (removal.change) {
    case "on":
    case "off":
      return [() => client.switchTelegram({ body: { enabled: removal.change === "on" } })];
    case "unlink":
      return removal.ids.map((id) => () => client.unlinkTelegram({ id }));
    case "remove": {
      const remove = removal.area === "totp" ? client.removeTotp : client.removePhone;
      return removal.ids.map((id) => () => remove({ id }));
    }
  }
};
