/** What one statement of a role allows. */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** If true, the grant covers all resources except these. */
  readonly except: boolean;
  /** Patterns of the partition keys that the grant covers (`dynamodb:LeadingKeys`); undefined: it covers all. */
  readonly keys?: readonly string[] | undefined;
};

/** One thing that a request does; a request may do several. */
export type Action = {
  readonly action: string;
  readonly resource: string;
  /** The partition keys of the items that the action names; undefined if it names none. */
  readonly keys?: readonly string[] | undefined;
};

/** Evaluates identity policies as IAM does, as far as roles here need it: what no statement allows is denied. */
export const isAllowed = (grants: readonly Grant[], action: Action): boolean =>
  grants.some((grant) => allows(grant, action));

const allows = (
  { actions, resources, except, keys }: Grant,
  { action, resource, keys: touched }: Action,
): boolean =>
  actions.some((each) => matches(each, action)) &&
  resources.some((each) => matches(each, resource)) !== except &&
  (keys === undefined ||
    // IAM's `ForAllValues` is also true for a request that names no key. Here such a request is refused.
    Boolean(touched?.every((key) => keys.some((each) => matches(each, key)))));

/** `*` stands for any text, `?` for one character. A colon is an ordinary character. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
