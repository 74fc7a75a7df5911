import type { Texts } from "./texts.ts";

const views = ["security", "profile", "sites", "domains", "billing"] as const;

/** The parts of the panel; each but `profile` and `security` is scenery. */
export type View = (typeof views)[number];

/** Which part an address asks for, by its `?at=`. The fragment is the sign-in element's: it may carry a host's token. */
export const viewOf = (search: string): View => {
  const at = new URLSearchParams(search).get("at");
  return views.find((view) => view === at) ?? "security";
};

/** The heading over a part, which is the tab's own where the part is one of several of "Personal data". */
export const headingOf = (view: View): keyof Texts =>
  view === "security" || view === "profile" ? "personal" : view;

/** Whether a link leads to this part, or to the section that it belongs to. */
export const isCurrent = (link: { search: string; section: string }, view: View): boolean =>
  link.section === "personal" ? headingOf(view) === "personal" : viewOf(link.search) === view;
