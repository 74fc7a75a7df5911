import { challengeExample, completedExample, securityExample } from "../../lib/contract/views.ts";

/** Values that several routes show, by the name of their type. */
const shared: readonly (readonly [string, unknown])[] = [
  ["SecurityView", securityExample],
  ["Challenge", challengeExample],
  ["Completed", completedExample],
];

/** The example of a body: a reference where others show the same value. */
export const exampleOf = (value: unknown): object => {
  const [name] = shared.find(([, one]) => one === value) ?? [];
  return name === undefined
    ? { example: value }
    : { examples: { [name]: { $ref: `#/components/examples/${name}` } } };
};

/** `components.examples` of bodies. */
export const sharedExamples = () =>
  Object.fromEntries(shared.map(([name, value]) => [name, { value }]));
