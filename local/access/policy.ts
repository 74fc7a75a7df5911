/** What one statement of a role allows. */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** All but these resources. */
  readonly except: boolean;
};

/** One thing that a request does; a request may do several. */
export type Deed = { readonly action: string; readonly resource: string };

/** IAM's own reading of identity policies, as far as roles here go: what no statement allows is denied. */
export const isAllowed = (grants: readonly Grant[], { action, resource }: Deed): boolean =>
  grants.some(
    ({ actions, resources, except }) =>
      actions.some((each) => matches(each, action)) &&
      resources.some((each) => matches(each, resource)) !== except,
  );

/** `*` stands for anything, `?` for one character; colons are characters like others. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
