import type { Texts } from "./texts.ts";

const views = ["security", "profile", "sites", "domains", "billing"] as const;

/** The parts of the panel. All except `profile` and `security` are scenery. */
export type View = (typeof views)[number];

/** The part that `?at=` of an address names. The sign-in element uses the fragment, which may carry a host's token. */
export const viewOf = (search: string): View => {
  const at = new URLSearchParams(search).get("at");
  return views.find((view) => view === at) ?? "security";
};

/** The heading over a part. `security` and `profile` share the heading "Personal data". */
export const headingOf = (view: View): keyof Texts =>
  view === "security" || view === "profile" ? "personal" : view;

/** Whether a link leads to this part or to its section. */
export const isCurrent = (link: { search: string; section: string }, view: View): boolean =>
  link.section === "personal" ? headingOf(view) === "personal" : viewOf(link.search) === view;
