import type { Stacks } from "../../infra/settings/stacks.ts";

/**
 * The first stack, with its settings but those that only AWS can meet: a domain, a web ACL, a recovered table. The
 * pages are always served here.
 */
export function localStacks(stacks: Stacks): Stacks {
  const [first] = Object.entries(stacks);
  if (!first) return stacks;
  const [name, settings] = first;
  const onlyInAws = ["domain", "accountsTable", "edgeProtection", "pages"];
  const kept = Object.entries(settings).filter(([setting]) => !onlyInAws.includes(setting));
  const { allowedOrigins, pages } = settings;
  const directory = pages === false ? undefined : pages?.directory;
  return {
    [name]: {
      ...Object.fromEntries(kept),
      allowedOrigins,
      ...(directory === undefined ? {} : { pages: { directory } }),
    },
  };
}

/** The name of that stack. */
export const localStackName = (stacks: Stacks): string => Object.keys(stacks)[0] ?? "";
