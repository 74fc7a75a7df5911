import type { Sent } from "../client.ts";
import type { Texts } from "./texts/texts.ts";

/** What the page says of the last call or SMS: no more than is true. `lead` is null where there is nothing to add. */
export const phoneWords = (
  { via, state, attempt }: Pick<Sent, "via" | "state" | "attempt">,
  masked: string,
  { phone }: Pick<Texts, "phone">,
): { readonly title: string; readonly lead: string | null } => {
  const called = via === "call";
  switch (state) {
    case "calling":
      return called
        ? { title: phone.calling(masked, attempt), lead: phone.callingLead }
        : { title: phone.texting, lead: null };
    case "sent":
      return called
        ? { title: phone.calling(masked, attempt), lead: phone.callingLead }
        : { title: phone.texted, lead: phone.textedLead(masked, attempt) };
    case "failed":
      return {
        title: called ? phone.callFailed(masked) : phone.smsFailed,
        lead: phone.failedLead,
      };
  }
};
