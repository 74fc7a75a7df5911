import type { Template, TemplateFunction } from "../synthesize.ts";

/** A template, and every function of ours in it by its name. */
type Deployed = {
  readonly template: Template;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
};

/** Takes a guarantee and what fails where it does not hold; vitest's `test` is one. */
type Rule = (guarantee: string, check: () => void) => void;

/** Everything that is guaranteed of one part of a template. */
export type Rules = (deployed: Deployed, rule: Rule) => void;
