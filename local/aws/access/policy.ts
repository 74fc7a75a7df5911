/** What one statement of a role allows. */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** All but these resources. */
  readonly except: boolean;
  /** Patterns of the partition keys that it is confined to (`dynamodb:LeadingKeys`); undefined: to none. */
  readonly keys?: readonly string[] | undefined;
};

/** One thing that a request does; a request may do several. */
export type Action = {
  readonly action: string;
  readonly resource: string;
  /** The partition keys of the items that it is about; undefined where it names none. */
  readonly keys?: readonly string[] | undefined;
};

/** IAM's own reading of identity policies, as far as roles here go: what no statement allows is denied. */
export const isAllowed = (grants: readonly Grant[], action: Action): boolean =>
  grants.some((grant) => allows(grant, action));

const allows = (
  { actions, resources, except, keys }: Grant,
  { action, resource, keys: touched }: Action,
): boolean =>
  actions.some((each) => matches(each, action)) &&
  resources.some((each) => matches(each, resource)) !== except &&
  (keys === undefined ||
    // IAM's `ForAllValues` holds of a request that names no key as well; here such a request is refused.
    Boolean(touched?.every((key) => keys.some((each) => matches(each, key)))));

/** `*` stands for anything, `?` for one character; colons are characters like others. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
