import type { Outcome } from "../client.ts";
import type { Flow, LinkOut, Next, Task, TelegramLink } from "./flow.ts";

const expired: Flow = { kind: "link", step: "expired" };

/** Asks the service for a link to the bot. */
export const beginLink: Task = async (client) => {
  const outcome = await client.beginTelegramLink();
  return outcome.kind === "done"
    ? { flow: { kind: "link", step: "scan", link: outcome.value } }
    : { flow: { kind: "link", step: "plan" }, problem: outcome };
};

/**
 * Decides how the flow goes on after a look at the link. Returns undefined if nothing changed, also without an answer.
 */
export function afterLook(flow: LinkOut, outcome: Outcome<"readTelegramLink">): Next | undefined {
  switch (outcome.kind) {
    case "done":
      break;
    case "not_found":
      return { flow: expired };
    case "unauthenticated":
      return { flow, problem: outcome };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unreachable":
    case "unexpected":
      return undefined;
  }
  const { status, name = "" } = outcome.value;
  switch (status) {
    case "expired":
      return { flow: expired };
    case "answered":
      return flow.step === "answered" && flow.name === name
        ? undefined
        : { flow: { kind: "link", step: "answered", link: flow.link, name } };
    case "waiting":
    case "linked":
      return undefined;
  }
}

/** Links the Telegram account that answered. Two confirmations link it once, so the page may repeat a lost request. */
export const confirmLink =
  (link: TelegramLink, name: string): Task =>
  async (client) => {
    const outcome = await client.confirmTelegramLink({ id: link.id });
    if (outcome.kind === "done") return { flow: undefined, view: outcome.value, news: "linked" };
    if (outcome.kind === "link_expired" || outcome.kind === "not_found") return { flow: expired };
    return outcome.kind === "link_unanswered"
      ? { flow: { kind: "link", step: "scan", link }, problem: outcome }
      : { flow: { kind: "link", step: "answered", link, name }, problem: outcome };
  };
