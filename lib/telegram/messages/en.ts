import type { Catalogue, Ending, SignIn } from "./catalogue.ts";
import { html, paragraphs } from "./html.ts";

export const detailsEn = ({ account, device, ip, time }: SignIn) =>
  html`Account: ${account}
Device: ${device}
Address: ${ip}
Time: ${time}`;

const ended = (ending: Ending): string => {
  switch (ending.kind) {
    case "approved":
      return html`✅ Confirmed by ${ending.by}.`;
    case "denied":
      return html`⛔️ Denied by ${ending.by}. Nobody was let in.

If this was not you, somebody knows your password: change it now.`;
    case "elsewhere":
      return "✅ Confirmed in another way. There is nothing to do here.";
    case "expired":
      return "⌛️ Too late: this request has expired. Nobody was let in by it.";
    case "cancelled":
      return "This request was cancelled. Nobody was let in by it.";
    case "locked":
      return "⛔️ Too many wrong codes. Nobody was let in.";
  }
};

export const en: Catalogue = {
  prompt: (signIn) =>
    paragraphs(
      html`<b>Is it you signing in to ${signIn.service}?</b>`,
      detailsEn(signIn),
      "If it is you, tap the number that the page shows.",
    ),
  notMe: "No, it's not me",
  closed: (signIn, ending) =>
    paragraphs(html`<b>Sign-in to ${signIn.service}</b>`, detailsEn(signIn), ended(ending)),
  notice: {
    approved: "Confirmed. Go back to the page.",
    denied: "Denied. Nobody is let in.",
    over: "This request is over already.",
    foreign: "This button does nothing here.",
  },
  linkAnswered: (
    service,
    account,
  ) => html`Almost done. Go back to the page and confirm that it is you.

From then on, sign-ins to ${service} as ${account} are confirmed in this chat. If you did not ask for this, do nothing.`,
  linkInvalid:
    "This link does not work any more. Make a new one on the page, in the Security tab, under Telegram.",
  help: (service) => html`This bot confirms sign-ins to ${service}.

To link your account, open its Security tab, choose Telegram and follow the link or scan the code there. When somebody signs in as you, you are asked here.`,
  commands: { start: "Begin", help: "What this bot is for" },
};
