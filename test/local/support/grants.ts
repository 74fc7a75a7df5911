import type { Witness } from "../../../local/aws/access/guard.ts";
import { isAllowed } from "../../../local/aws/access/policy.ts";
import type { Action, Grant } from "../../../local/aws/access/policy.ts";
import type { FunctionPlan } from "../../../local/aws/plan/plan.ts";

export type Done = Action & { readonly who: string };

/** Writes down all that is done, once each. */
export const aRecord = (): { witness: Witness; done: () => readonly Done[] } => {
  const all = new Map<string, Done>();
  return {
    witness: (who, action) => void all.set(JSON.stringify([who, action]), { ...action, who }),
    done: () => [...all.values()],
  };
};

/** No service here hears of these: Lambda writes logs and traces for the function. */
const isHeard = (action: string): boolean => !/^(logs|xray):/.test(action);

/** Each single thing that these functions may do and did not, in words; one for each action, resource and kind of key. */
export const unusedGrants = (
  functions: readonly Pick<FunctionPlan, "name" | "mayDo">[],
  done: readonly Done[],
): string[] =>
  functions.flatMap(({ name, mayDo = [] }) => {
    const own = done.filter(({ who }) => who === name);
    return mayDo
      .flatMap(singleGrants)
      .filter((grant) => !own.some((action) => isAllowed([grant], action)))
      .map((grant) => [name, ...wordsOf(grant)].join(" "));
  });

const singleGrants = ({ actions, resources, except, keys = [undefined] }: Grants): Grant[] =>
  actions.filter(isHeard).flatMap((action) =>
    // What is left out is one grant, however much that is.
    (except ? [resources] : resources.map((one) => [one])).flatMap((some) =>
      keys.map((key) => ({
        actions: [action],
        resources: some,
        except,
        keys: key === undefined ? undefined : [key],
      })),
    ),
  );

type Grants = Omit<Grant, "keys"> & { readonly keys?: readonly (string | undefined)[] | undefined };

const wordsOf = ({ actions, resources, except, keys = [] }: Grant): string[] => [
  ...actions,
  ...(except ? ["not"] : []),
  ...resources,
  ...keys,
];
