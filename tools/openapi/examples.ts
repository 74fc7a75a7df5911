import { challengeExample, completedExample, securityExample } from "../../lib/contract/views.ts";

/** Examples that several routes share, by the name of their type. */
const shared: readonly (readonly [string, unknown])[] = [
  ["SecurityView", securityExample],
  ["Challenge", challengeExample],
  ["Completed", completedExample],
];

/** The example of a body; a reference if the value is a shared example. */
export const exampleOf = (value: unknown): object => {
  const [name] = shared.find(([, one]) => one === value) ?? [];
  return name === undefined
    ? { example: value }
    : { examples: { [name]: { $ref: `#/components/examples/${name}` } } };
};

/** The part of `components.examples` for bodies. */
export const sharedExamples = () =>
  Object.fromEntries(shared.map(([name, value]) => [name, { value }]));
