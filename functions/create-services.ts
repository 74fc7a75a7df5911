import { randomBytes } from "node:crypto";
import type { Services } from "../lib/account/services.ts";
import { powertoolsLog } from "../lib/runtime/powertools-log.ts";
import { readLimits } from "../lib/settings/change-limits.ts";

/** Makes something that a function needs; see `parts.ts`. A bundle holds only the parts that its function names. */
export type Part<Provided> = (services: Services) => Provided;

type Made<Parts extends Readonly<Record<string, Part<unknown>>>> = {
  readonly [Name in keyof Parts]: ReturnType<Parts[Name]>;
};

/**
 * The services of a function, made once on cold start: a base, which says how far the function's decisions reach, and
 * further parts, by the names under which its handlers take them. A handler can name only what its function names.
 */
export function createServices<Base>(base: Part<Base>): Base;
export function createServices<Base, Parts extends Readonly<Record<string, Part<unknown>>>>(
  base: Part<Base>,
  parts: Parts,
): Base & Made<Parts>;
export function createServices(
  base: Part<object>,
  parts: Readonly<Record<string, Part<unknown>>> = {},
): object {
  const services: Services = {
    now: Date.now,
    random: randomBytes,
    limits: readLimits(process.env["LIMITS"]),
    log: powertoolsLog(),
  };
  const made = Object.entries(parts).map(([name, part]) => [name, part(services)] as const);
  return { ...base(services), ...Object.fromEntries(made) };
}
