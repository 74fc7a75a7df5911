import type { ShownEntity } from "../../world/world.ts";

/** A stretch of text that looks the same throughout. */
export type Stretch = { text: string; marks: readonly string[]; url: string | undefined };

/** Cuts a text where its looks change. Entities may be nested. */
export function stretchesOf(text: string, entities: readonly ShownEntity[]): Stretch[] {
  const cuts = entities.flatMap(({ offset, length }) => [offset, offset + length]);
  const borders = [...new Set([0, ...cuts, text.length])]
    .filter((border) => border >= 0 && border <= text.length)
    .sort((a, b) => a - b);
  return borders.slice(0, -1).map((begin, index) => {
    const end = borders[index + 1] ?? text.length;
    const here = entities.filter(
      (each) => each.offset <= begin && each.offset + each.length >= end,
    );
    return {
      text: text.slice(begin, end),
      marks: here.map(({ type }) => type),
      url: here.find(({ url }) => url !== undefined)?.url,
    };
  });
}
