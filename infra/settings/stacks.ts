import * as z from "zod";
import { checkProps } from "./check-props.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

/** One deployed stack of the stand-alone app: the service's props, and what only an app can make. */
export type StackSettings = TwostepServiceProps & {
  /**
   * True: a second stack, `NAME-Edge`, in us-east-1, with a web ACL and its rate rules. Give its output `WebAclArn` to
   * `pages.webAclArn`.
   */
  readonly edgeProtection?: true;
};

/** Every stack by its name, as `npx cdk deploy NAME` takes it. */
export type Stacks = Readonly<Record<string, StackSettings>>;

/**
 * Holds the stacks of `twostep.config.ts` against their form. Throws an error with a sentence that names the stack and
 * the setting.
 */
export const checkStacks = (stacks: Stacks): void => {
  const names = Object.keys(stacks);
  if (names.length === 0) throw new Error("twostep.config.ts names no stack.");
  for (const [name, settings] of Object.entries(stacks)) {
    const where = `twostep.config.ts, ${name}`;
    checkProps(settings, { where, more: { edgeProtection: z.optional(z.literal(true)) } });
    if (settings.edgeProtection && settings.pages === false) {
      throw new Error(
        `${where}: edgeProtection stands before the pages; without them there is nothing to put it on.`,
      );
    }
  }
};
